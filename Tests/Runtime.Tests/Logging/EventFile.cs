using Google.Protobuf;

namespace Dlm.Runtime.Tests.Logging;

/// <summary>Reads TensorBoard's event files by Google's library and a checksum taken bit by bit, sharing nothing with what writes them.</summary>
internal sealed record EventFile(IReadOnlyList<ReadEvent> Events)
{
    public static EventFile Read(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        List<ReadEvent> events = [];
        for (int at = 0; at < file.Length;)
        {
            int length = checked((int)BitConverter.ToUInt64(file, at));
            Assert.Equal(Masked(file.AsSpan(at, 8)), BitConverter.ToUInt32(file, at + 8));
            byte[] data = file[(at + 12)..(at + 12 + length)];
            Assert.Equal(Masked(data), BitConverter.ToUInt32(file, at + 12 + length));
            events.Add(ReadEvent.Parse(data));
            at += 16 + length;
        }

        return new EventFile(events);
    }

    /// <summary>All numbers, in the file's order.</summary>
    public IEnumerable<(long Step, string Name, float Value)> Scalars => from e in Events from scalar in e.Scalars select (e.Step, scalar.Name, scalar.Value);

    private static uint Masked(ReadOnlySpan<byte> bytes)
    {
        uint crc = 0xFFFFFFFF;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? (crc >> 1) ^ 0x82F63B78 : crc >> 1;
        }

        crc = ~crc;
        return ((crc >> 15) | (crc << 17)) + 0xA282EAD8;
    }
}

/// <summary>One event: <c>tensorflow.Event</c>.</summary>
internal sealed class ReadEvent
{
    public double Time { get; private set; }

    public long Step { get; private set; }

    public string Version { get; private set; } = "";

    public List<(string Name, float Value)> Scalars { get; } = [];

    public List<(string Name, string Plugin, string Text)> Texts { get; } = [];

    public static ReadEvent Parse(byte[] data)
    {
        ReadEvent read = new();
        CodedInputStream input = new(data);
        while (input.ReadTag() is var tag and not 0)
        {
            switch (tag >> 3)
            {
                case 1: read.Time = input.ReadDouble(); break;
                case 2: read.Step = input.ReadInt64(); break;
                case 3: read.Version = input.ReadString(); break;
                case 5: Each(input.ReadBytes(), 1, value => read.Add(value)); break;
                default: Assert.Fail($"an event has no field {tag >> 3} that is written here"); break;
            }
        }

        return read;
    }

    private void Add(ByteString bytes)
    {
        string name = "", plugin = "", text = "";
        float? number = null;
        CodedInputStream input = new(bytes.ToByteArray());
        while (input.ReadTag() is var tag and not 0)
        {
            switch (tag >> 3)
            {
                case 1: name = input.ReadString(); break;
                case 2: number = input.ReadFloat(); break;
                case 8: Each(input.ReadBytes(), 8, value => text = value.ToStringUtf8()); break;
                case 9: Each(input.ReadBytes(), 1, data => Each(data, 1, value => plugin = value.ToStringUtf8())); break;
                default: Assert.Fail($"a value has no field {tag >> 3} that is written here"); break;
            }
        }

        if (number is { } scalar) Scalars.Add((name, scalar));
        else Texts.Add((name, plugin, text));
    }

    // Calls for each of a message's fields of one number.
    private static void Each(ByteString message, int field, Action<ByteString> action)
    {
        CodedInputStream input = new(message.ToByteArray());
        while (input.ReadTag() is var tag and not 0)
        {
            if (tag >> 3 == field) action(input.ReadBytes());
            else input.SkipLastField();
        }
    }
}
