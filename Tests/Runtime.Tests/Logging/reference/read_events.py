"""Prints what an event file of TensorBoard holds, as JSON: by TensorBoard itself where it is installed, elsewhere by
Google's protobuf with the messages' fields as event.proto, summary.proto and tensor.proto number them."""
import json
import struct
import sys

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

F = descriptor_pb2.FieldDescriptorProto


def messages():
    file = descriptor_pb2.FileDescriptorProto(name="events.proto", package="tensorflow", syntax="proto3")

    def message(name, *fields):
        added = file.message_type.add(name=name)
        for number, field, kind, repeated in fields:
            of = {"number": number, "name": field, "label": F.LABEL_REPEATED if repeated else F.LABEL_OPTIONAL}
            of.update({"type": F.TYPE_MESSAGE, "type_name": ".tensorflow." + kind} if isinstance(kind, str) else {"type": kind})
            added.field.add(**of)

    message("Dim", (1, "size", F.TYPE_INT64, False))
    message("Shape", (2, "dim", "Dim", True))
    message("Tensor", (1, "dtype", F.TYPE_INT32, False), (2, "tensor_shape", "Shape", False), (8, "string_val", F.TYPE_BYTES, True))
    message("PluginData", (1, "plugin_name", F.TYPE_STRING, False))
    message("SummaryMetadata", (1, "plugin_data", "PluginData", False))
    message("Value", (1, "tag", F.TYPE_STRING, False), (2, "simple_value", F.TYPE_FLOAT, False), (8, "tensor", "Tensor", False), (9, "metadata", "SummaryMetadata", False))
    message("Summary", (1, "value", "Value", True))
    message("Event", (1, "wall_time", F.TYPE_DOUBLE, False), (2, "step", F.TYPE_INT64, False), (3, "file_version", F.TYPE_STRING, False), (5, "summary", "Summary", False))
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    descriptor = pool.FindMessageTypeByName("tensorflow.Event")
    return message_factory.GetMessageClass(descriptor) if hasattr(message_factory, "GetMessageClass") else message_factory.MessageFactory(pool).GetPrototype(descriptor)


def events(path):
    try:
        from tensorboard.backend.event_processing.event_file_loader import RawEventFileLoader
        records = RawEventFileLoader(path).Load()
    except ImportError:
        records = frames(path)
    event = messages()
    for record in records:
        yield event.FromString(record)


def frames(path):
    data, at = open(path, "rb").read(), 0
    while at < len(data):
        (length,) = struct.unpack_from("<Q", data, at)
        yield data[at + 12:at + 12 + length]
        at += 16 + length


version, scalars, texts = "", [], []
for e in events(sys.argv[1]):
    version = e.file_version or version
    for v in e.summary.value:
        if v.metadata.plugin_data.plugin_name == "text":
            texts.append([v.tag, "text", v.tensor.string_val[0].decode()])
        else:
            scalars.append([e.step, v.tag, v.simple_value])
print(json.dumps({"version": version, "scalars": scalars, "texts": texts}))
