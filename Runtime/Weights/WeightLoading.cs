using Dlm.Runtime.Keys;
using static TorchSharp.torch;

namespace Dlm.Runtime.Weights;

/// <summary>Gives weights from a file to a network, and writes a network's.</summary>
public static class WeightLoading
{
    // Batch norms count their batches since PyTorch 0.4.1; older files lack the counts, and nothing but a momentum of none needs them.
    private const string BatchCount = "num_batches_tracked";

    // Each missing key is compared with every unexpected one.
    private const int MostCompared = 64;

    /// <summary>Copies the weights of a file into a network, in place: its device, its types and an optimizer over it stay.</summary>
    /// <param name="network">The network: one that Dlm made or any other of TorchSharp's.</param>
    /// <param name="path">The file, or the folder of a model: see <see cref="WeightFile.Open"/>.</param>
    /// <param name="options">How; without them, everything must fit.</param>
    /// <returns>What came of it; it prints as a few lines.</returns>
    /// <exception cref="WeightFileException">The file cannot be read, or does not fit and should; then the network is as it was.</exception>
    /// <exception cref="ArgumentException">A pattern in the options matches nothing of the network.</exception>
    public static LoadReport LoadWeights(this nn.Module network, string path, LoadOptions? options = null)
    {
        using WeightFile file = WeightFile.Open(path, options?.Part);
        return network.LoadWeights(file, options);
    }

    /// <summary>Copies the weights of an open file into a network, in place.</summary>
    /// <inheritdoc cref="LoadWeights(nn.Module, string, LoadOptions?)"/>
    public static LoadReport LoadWeights(this nn.Module network, WeightFile file, LoadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(file);
        options ??= new LoadOptions();
        Dictionary<string, Tensor> own = network.state_dict();
        LoadReport report = Compare(own, file, options);
        if (options.Strict && !report.IsComplete)
        {
            throw new WeightFileException(
                file.Path,
                $"it does not fit the network, and nothing was loaded. Rename keys (LoadOptions.Rename), or load what fits (Strict = false).{report.Differences()}");
        }

        using var unrecorded = no_grad();
        foreach (LoadedWeight weight in report.Loaded)
        {
            using Tensor value = file.Read(weight.FileKey);
            own[weight.Key].copy_(value);
        }

        return report;
    }

    /// <summary>Writes a network's parameters and buffers under their keys, all or nothing; the ending of the name says the format: see <see cref="WeightFile.Save"/>.</summary>
    /// <exception cref="WeightFileException">It cannot be written; what was there before is untouched.</exception>
    public static void SaveWeights(this nn.Module network, string path)
    {
        ArgumentNullException.ThrowIfNull(network);
        WeightFile.Save(path, network.state_dict());
    }

    private static LoadReport Compare(Dictionary<string, Tensor> own, WeightFile file, LoadOptions options)
    {
        Func<string, bool> wanted = Selection(own.Keys, options);
        Dictionary<string, WeightEntry> renamed = Renamed(own, file, options);
        List<LoadedWeight> loaded = [];
        List<(string Key, long[] Shape)> missing = [];
        List<MisshapenWeight> misshapen = [];
        List<string> leftOut = [];
        foreach ((string key, Tensor target) in own)
        {
            long[] shape = target.shape;
            if (!wanted(key)) leftOut.Add(key);
            else if (!renamed.TryGetValue(key, out WeightEntry? entry)) missing.Add((key, shape));
            else if (!entry.Shape.SequenceEqual(shape)) misshapen.Add(new MisshapenWeight(key, entry.Shape, shape));
            else loaded.Add(new LoadedWeight(key, entry.Key, entry.Type, target.dtype));
        }

        missing.RemoveAll(one => one.Key.EndsWith(BatchCount, StringComparison.Ordinal));
        WeightEntry[] unexpected = [.. renamed.Where(pair => !own.ContainsKey(pair.Key)).Select(pair => pair.Value)];
        return new LoadReport(file.Path, loaded, [.. missing.Select((one, i) => new MissingWeight(one.Key, one.Shape, i < MostCompared ? Near(one.Key, one.Shape, unexpected) : null))], unexpected, misshapen, leftOut);
    }

    private static Func<string, bool> Selection(IReadOnlyCollection<string> keys, LoadOptions options)
    {
        KeyPattern[] only = Patterns(options.Only), except = Patterns(options.Except);
        return key => (only.Length == 0 || Array.Exists(only, pattern => pattern.Matches(key))) && !Array.Exists(except, pattern => pattern.Matches(key));

        KeyPattern[] Patterns(IReadOnlyList<string> texts)
        {
            KeyPattern[] patterns = [.. texts.Select(text => new KeyPattern(text))];
            foreach (KeyPattern pattern in patterns)
            {
                if (!keys.Any(pattern.Matches)) throw new ArgumentException(pattern.NothingMatches(keys, "parameter or buffer of the network"), nameof(options));
            }

            return patterns;
        }
    }

    // The file's tensors by the network's keys.
    private static Dictionary<string, WeightEntry> Renamed(Dictionary<string, Tensor> own, WeightFile file, LoadOptions options)
    {
        int stripped = 0;
        for (bool again = true; again;)
        {
            string? prefix = options.StripPrefixes.FirstOrDefault(prefix =>
                file.Entries.Count > 0 && prefix.Length > 0
                && file.Entries.All(entry => entry.Key.AsSpan(stripped).StartsWith(prefix, StringComparison.Ordinal))
                && !own.Keys.Any(key => key.StartsWith(prefix, StringComparison.Ordinal)));
            stripped += prefix?.Length ?? 0;
            again = prefix is not null;
        }

        Dictionary<string, WeightEntry> renamed = new(StringComparer.Ordinal);
        foreach (WeightEntry entry in file.Entries)
        {
            string key = options.Rename.Aggregate(entry.Key[stripped..], (key, rule) => rule.Apply(key));
            if (key.Length > 0 && !renamed.TryAdd(key, entry))
            {
                throw new WeightFileException(file.Path, $"'{renamed[key].Key}' and '{entry.Key}' both become '{key}'", "Mend the renaming rules.");
            }
        }

        return renamed;
    }

    // Of the same shape and ending, and among those the one with the fewest letters changed.
    private static string? Near(string key, long[] shape, WeightEntry[] candidates)
    {
        string ending = key[(key.LastIndexOf('.') + 1)..];
        return candidates
            .Where(entry => entry.Shape.SequenceEqual(shape) && entry.Key[(entry.Key.LastIndexOf('.') + 1)..] == ending)
            .MinBy(entry => NearMiss.Distance(key, entry.Key))?.Key
            ?? NearMiss.Find(key, candidates.Where(entry => entry.Shape.SequenceEqual(shape)).Select(entry => entry.Key));
    }
}
