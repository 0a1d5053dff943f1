using Google.Protobuf;

namespace Dlm.Runtime.Logging.TensorBoard;

/// <summary>
/// The messages of TensorBoard's event files, as far as they are needed: <c>tensorflow.Event</c> with scalars and texts. The numbers are the
/// fields' in event.proto, summary.proto and tensor.proto.
/// </summary>
internal static class Events
{
    private const int StringType = 7; // DT_STRING

    /// <summary>What a file begins with.</summary>
    public static byte[] Version(DateTimeOffset time) => Event(time, step: 0, output => Text(output, 3, "brain.Event:2"));

    /// <summary>Some numbers of one step, under their names.</summary>
    public static byte[] Scalars(DateTimeOffset time, long step, IEnumerable<(string Name, double Value)> values) => Event(time, step, output => Message(output, 5, summary =>
    {
        foreach ((string name, double value) in values)
        {
            Message(summary, 1, scalar =>
            {
                Text(scalar, 1, name);
                scalar.WriteTag(2, WireFormat.WireType.Fixed32);
                scalar.WriteFloat((float)value);
            });
        }
    }));

    /// <summary>A text in Markdown, for the dashboard of texts.</summary>
    public static byte[] Markdown(DateTimeOffset time, string name, string text) => Event(time, step: 0, output => Message(output, 5, summary => Message(summary, 1, value =>
    {
        Text(value, 1, $"{name}/text_summary");
        Message(value, 8, tensor =>
        {
            Number(tensor, 1, StringType);
            Message(tensor, 2, shape => Message(shape, 2, dimension => Number(dimension, 1, 1)));
            Text(tensor, 8, text);
        });
        Message(value, 9, metadata => Message(metadata, 1, plugin => Text(plugin, 1, "text")));
    })));

    /// <summary>The step that an event is about.</summary>
    public static long StepOf(byte[] data)
    {
        using CodedInputStream input = new(data);
        while (input.ReadTag() is var tag and not 0)
        {
            if (WireFormat.GetTagFieldNumber(tag) == 2) return input.ReadInt64();
            input.SkipLastField();
        }

        return 0;
    }

    private static byte[] Event(DateTimeOffset time, long step, Action<CodedOutputStream> content) => Bytes(output =>
    {
        output.WriteTag(1, WireFormat.WireType.Fixed64);
        output.WriteDouble(time.ToUnixTimeMilliseconds() / 1000.0);
        Number(output, 2, step);
        content(output);
    });

    private static byte[] Bytes(Action<CodedOutputStream> content)
    {
        using MemoryStream bytes = new();
        using (CodedOutputStream output = new(bytes, leaveOpen: true)) content(output);
        return bytes.ToArray();
    }

    private static void Message(CodedOutputStream output, int field, Action<CodedOutputStream> content)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(Bytes(content)));
    }

    private static void Text(CodedOutputStream output, int field, string text)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteString(text);
    }

    private static void Number(CodedOutputStream output, int field, long number)
    {
        output.WriteTag(field, WireFormat.WireType.Varint);
        output.WriteInt64(number);
    }
}
