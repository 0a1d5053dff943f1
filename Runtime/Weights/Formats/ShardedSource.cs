using System.Text.Json;
using Dlm.Runtime.Files;
using static TorchSharp.torch;

namespace Dlm.Runtime.Weights.Formats;

/// <summary>Weights in several files, as Hugging Face shares large models: an index in JSON says which key is in which file beside it.</summary>
internal sealed class ShardedSource : WeightSource
{
    private const string MapName = "weight_map";
    private const int LongestIndex = 100_000_000;
    private readonly Dictionary<string, WeightSource> _shards;
    private readonly List<(WeightSource Shard, int Index)> _places = [];
    private readonly List<WeightEntry> _entries = [];

    private ShardedSource(Dictionary<string, WeightSource> shards) => _shards = shards;

    /// <inheritdoc/>
    public override string Format => $"{_shards.Values.First().Format}, {_shards.Count} files";

    /// <inheritdoc/>
    public override IReadOnlyList<WeightEntry> Entries => _entries;

    /// <summary>Whether a file begins as JSON does.</summary>
    public static bool Begins(ReadOnlySpan<byte> start) => start.TrimStart(" \t\r\n"u8) is [(byte)'{', ..] && !start[..Math.Min(8, start.Length)].Contains((byte)0);

    /// <summary>Reads an index and opens the files that it names.</summary>
    /// <param name="file">The index; it is not needed afterwards.</param>
    /// <param name="path">Its path.</param>
    /// <param name="open">Opens a file of weights.</param>
    /// <exception cref="MalformedFileException">It is no index, or a file lacks what the index says.</exception>
    public static ShardedSource Open(MappedFile file, string path, Func<string, WeightSource> open)
    {
        Dictionary<string, WeightSource> shards = new(StringComparer.Ordinal);
        ShardedSource source = new(shards);
        try
        {
            string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            foreach (IGrouping<string, (string Key, string File)> shard in ReadMap(file).GroupBy(entry => entry.File, StringComparer.Ordinal))
            {
                // A name, not a path: an index must not lead to files elsewhere.
                if (shard.Key.Length == 0 || Path.GetFileName(shard.Key) != shard.Key || shard.Key is "." or "..") throw new MalformedFileException($"it names the file '{shard.Key}', which is not one beside it");
                string shardPath = Path.Combine(folder, shard.Key);
                if (!File.Exists(shardPath)) throw new MalformedFileException($"the file {shard.Key}, which it names, is missing", "Put all files of the model into one folder.");
                source.Add(shard, open(shardPath));
            }

            return shards.Count > 0 ? source : throw new MalformedFileException("its weight_map is empty");
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override Tensor Read(int index) => _places[index].Shard.Read(_places[index].Index);

    /// <inheritdoc/>
    public override void Dispose()
    {
        foreach (WeightSource shard in _shards.Values) shard.Dispose();
    }

    private static List<(string Key, string File)> ReadMap(MappedFile file)
    {
        if (file.Length > LongestIndex) throw new MalformedFileException("it is too long for an index");
        try
        {
            using JsonDocument document = JsonDocument.Parse(file.First(LongestIndex).ToArray());
            if (!document.RootElement.TryGetProperty(MapName, out JsonElement map)) throw new MalformedFileException("it is JSON, but no index of weights: it has no weight_map", "Give the .index.json, or the file with the weights themselves.");
            return [.. map.EnumerateObject().Select(entry => (entry.Name, entry.Value.GetString() ?? ""))];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new MalformedFileException("it is no index of weights: its JSON cannot be understood", inner: e);
        }
    }

    private void Add(IGrouping<string, (string Key, string File)> wanted, WeightSource shard)
    {
        _shards.Add(wanted.Key, shard);
        Dictionary<string, int> there = shard.Entries.Select((entry, index) => (entry.Key, index)).ToDictionary(StringComparer.Ordinal);
        foreach ((string key, _) in wanted)
        {
            if (!there.TryGetValue(key, out int index)) throw new MalformedFileException($"'{key}' should be in {wanted.Key} and is not", "The files belong to different models or versions: download them again.");
            if (_entries.Exists(entry => entry.Key == key)) throw new MalformedFileException($"it holds '{key}' twice");
            _places.Add((shard, index));
            _entries.Add(shard.Entries[index]);
        }
    }
}
