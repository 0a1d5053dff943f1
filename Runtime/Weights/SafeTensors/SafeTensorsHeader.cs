using System.Buffers.Binary;
using System.Text.Json;
using Dlm.Runtime.Files;
using Dlm.Runtime.Weights.Formats;
using static TorchSharp.torch;

namespace Dlm.Runtime.Weights.SafeTensors;

/// <summary>Where a tensor lies in a safetensors file.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Type">The type of its elements.</param>
/// <param name="Shape">Its dimensions; none for a single number.</param>
/// <param name="Begin">The first byte, counted from the end of the header.</param>
/// <param name="End">One more than the last byte.</param>
internal sealed record SafeTensorsEntry(string Name, ScalarType Type, long[] Shape, long Begin, long End);

/// <summary>
/// The header of a safetensors file: its length in eight bytes, then JSON that says of each tensor what it is and where it
/// lies, and some texts ("__metadata__"). The tensors' bytes follow, without gaps, to the end of the file.
/// </summary>
/// <param name="Entries">The tensors, in the order of their bytes.</param>
/// <param name="Texts">The texts.</param>
internal sealed record SafeTensorsHeader(IReadOnlyList<SafeTensorsEntry> Entries, IReadOnlyDictionary<string, string> Texts)
{
    /// <summary>The text that tells a run's checkpoint from a file of weights alone.</summary>
    public const string CheckpointMark = "dlm/format";

    private const string TextsKey = "__metadata__";
    private const int Alignment = 8;
    private const long LongestHeader = 100_000_000; // the format's own limit

    /// <summary>How many bytes of tensors follow the header.</summary>
    public long DataLength => Entries.Count == 0 ? 0 : Entries[^1].End;

    /// <summary>The header as it stands in the file, its length first.</summary>
    public byte[] ToBytes()
    {
        MemoryStream bytes = new();
        bytes.Write(stackalloc byte[Alignment]);
        using (Utf8JsonWriter json = new(bytes))
        {
            json.WriteStartObject();
            json.WriteStartObject(TextsKey);
            foreach ((string key, string text) in Texts) json.WriteString(key, text);
            json.WriteEndObject();
            foreach (SafeTensorsEntry entry in Entries)
            {
                json.WriteStartObject(entry.Name);
                json.WriteString("dtype", SafeTensorsTypes.Name(entry.Type));
                WriteNumbers(json, "shape", entry.Shape);
                WriteNumbers(json, "data_offsets", [entry.Begin, entry.End]);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        while (bytes.Length % Alignment != 0) bytes.WriteByte((byte)' ');
        byte[] header = bytes.ToArray();
        BinaryPrimitives.WriteInt64LittleEndian(header, header.Length - Alignment);
        return header;
    }

    /// <summary>Reads and checks the header of an open file, and leaves the position at the first tensor's bytes.</summary>
    /// <param name="file">The file, at its start.</param>
    /// <param name="raw">The bytes of the header, its length included.</param>
    /// <exception cref="MalformedFileException">The file is not one of this format, or is truncated.</exception>
    public static SafeTensorsHeader Read(Stream file, out byte[] raw)
    {
        ArgumentNullException.ThrowIfNull(file);
        Span<byte> lengthBytes = stackalloc byte[Alignment];
        if (file.ReadAtLeast(lengthBytes, Alignment, throwOnEndOfStream: false) < Alignment) throw Foreign("it is shorter than any header");
        long length = BinaryPrimitives.ReadInt64LittleEndian(lengthBytes);
        if (length is < 2 or > LongestHeader) throw Foreign("its first eight bytes are not the length of a header");
        if (length > file.Length - Alignment) throw Truncated(file.Length, length + Alignment);

        raw = new byte[Alignment + length];
        lengthBytes.CopyTo(raw);
        file.ReadExactly(raw.AsSpan(Alignment));
        SafeTensorsHeader header = Parse(raw.AsMemory(Alignment));
        long expected = raw.Length + header.DataLength;
        if (file.Length < expected) throw Truncated(file.Length, expected);
        if (file.Length > expected) throw Foreign($"{file.Length - expected} bytes follow its last tensor");
        return header;
    }

    private static SafeTensorsHeader Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 4 });
            Dictionary<string, string> texts = [];
            List<SafeTensorsEntry> entries = [];
            HashSet<string> names = [];
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                if (!names.Add(property.Name)) throw Foreign($"it holds '{property.Name}' twice");
                if (property.Name != TextsKey)
                {
                    entries.Add(ParseEntry(property));
                    continue;
                }

                foreach (JsonProperty text in property.Value.EnumerateObject()) texts[text.Name] = text.Value.GetString() ?? "";
            }

            entries.Sort((a, b) => (a.Begin, a.End).CompareTo((b.Begin, b.End)));
            long at = 0;
            foreach (SafeTensorsEntry entry in entries)
            {
                if (entry.Begin != at) throw Foreign($"'{entry.Name}' begins at {entry.Begin}, where the tensor before it ends at {at}");
                if (entry.End < entry.Begin || TensorForm.Count(entry.Shape) * SafeTensorsTypes.Size(entry.Type) != entry.End - entry.Begin)
                {
                    throw Foreign($"'{entry.Name}' has {entry.End - entry.Begin} bytes, which its shape contradicts");
                }

                at = entry.End;
            }

            return new SafeTensorsHeader(entries, texts);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw Foreign("its header cannot be understood", e);
        }

        SafeTensorsEntry ParseEntry(JsonProperty property)
        {
            string type = property.Value.GetProperty("dtype").GetString() ?? "";
            long[] offsets = Numbers(property.Value.GetProperty("data_offsets"));
            if (offsets.Length != 2) throw Foreign($"'{property.Name}' has {offsets.Length} offsets");
            return new SafeTensorsEntry(
                property.Name,
                SafeTensorsTypes.Parse(type) ?? throw Foreign($"'{property.Name}' is of the type {type}, which is unknown here"),
                Numbers(property.Value.GetProperty("shape")),
                offsets[0],
                offsets[1]);
        }
    }

    private static long[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetInt64())];

    private static void WriteNumbers(Utf8JsonWriter json, string key, ReadOnlySpan<long> numbers)
    {
        json.WriteStartArray(key);
        foreach (long number in numbers) json.WriteNumberValue(number);
        json.WriteEndArray();
    }

    private static MalformedFileException Foreign(string problem, Exception? inner = null) =>
        new($"it is not a safetensors file, or a damaged one: {problem}", inner: inner);

    private static MalformedFileException Truncated(long found, long expected) =>
        new($"it is truncated: {found} of {expected} bytes are there");
}
