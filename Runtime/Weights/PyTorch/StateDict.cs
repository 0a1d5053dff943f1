using Dlm.Runtime.Files;

namespace Dlm.Runtime.Weights.PyTorch;

/// <summary>Finds the weights in what was unpickled: a state_dict alone, or one among an optimizer's state, an epoch number and more.</summary>
internal static class StateDict
{
    private const int Deepest = 8;

    // What training scripts call it, the most telling first.
    private static readonly string[] UsualNames = ["state_dict", "model_state_dict", "model_state", "model", "net", "network", "module", "weights", "params"];

    /// <summary>The tensors by key.</summary>
    /// <param name="root">What was unpickled.</param>
    /// <param name="part">Which dict to take, its keys joined by dots; null where the choice is clear.</param>
    /// <exception cref="MalformedFileException">There are no weights, or several and none was chosen.</exception>
    public static IReadOnlyList<KeyValuePair<string, PickledTensor>> Find(object? root, string? part)
    {
        if (root is PickledTensor) throw new MalformedFileException("it holds a single tensor without a key, no weights of a network", "Write a dict in Python: torch.save({'name': tensor}, path).");
        List<(string Path, PickledDict Dict, int Tensors)> found = [];
        Collect(root, "", 0, [], found);
        if (found.Count == 0) throw new MalformedFileException("it holds no weights: there is no dict of tensors in it", "Write the weights in Python: torch.save(model.state_dict(), path).");

        if (part is not null)
        {
            PickledDict? chosen = found.Find(candidate => candidate.Path == part).Dict;
            return chosen is not null ? TensorsOf(chosen) : throw new MalformedFileException($"it has no part '{part}'", $"There is {Listed(found)}.");
        }

        if (found[0].Path.Length == 0 || found.Count == 1) return TensorsOf(found[0].Dict);
        foreach (string name in UsualNames)
        {
            if (found.Find(candidate => candidate.Path == name) is { Dict: { } usual }) return TensorsOf(usual);
        }

        throw new MalformedFileException($"it holds several sets of weights: {Listed(found)}", "Say which, as in WeightFile.Open(path, part: ...) or LoadOptions.Part.");
    }

    // Depth and the dicts already seen are bounded: a pickle may hold a dict that holds itself.
    private static void Collect(object? value, string path, int depth, HashSet<PickledDict> seen, List<(string Path, PickledDict Dict, int Tensors)> found)
    {
        if (value is not PickledDict dict || depth > Deepest || !seen.Add(dict)) return;
        int tensors = dict.Items.Count(item => item is { Key: string, Value: PickledTensor });
        if (tensors > 0) found.Add((path, dict, tensors));
        foreach ((object? key, object? inner) in dict.Items)
        {
            if (key is string name) Collect(inner, path.Length == 0 ? name : $"{path}.{name}", depth + 1, seen, found);
        }
    }

    private static IReadOnlyList<KeyValuePair<string, PickledTensor>> TensorsOf(PickledDict dict) =>
        [.. from item in dict.Items where item is { Key: string, Value: PickledTensor } select KeyValuePair.Create((string)item.Key!, (PickledTensor)item.Value!)];

    private static string Listed(List<(string Path, PickledDict Dict, int Tensors)> found) =>
        string.Join(", ", found.Select(candidate => $"'{candidate.Path}' ({candidate.Tensors} tensors)"));
}
