using System.Globalization;
using static TorchSharp.torch;

namespace Dlm.Runtime.Checkpoints;

/// <summary>
/// What a checkpoint holds: tensors and short texts by key. A network's tensors stand under their own names
/// (<c>conv1.weight</c>), all else under a path (<c>optimizer/exp_avg/conv1.weight</c>, <c>progress/step</c>).
/// </summary>
/// <remarks>Made empty and filled by the parts of a run, or read from a file by <see cref="CheckpointFile.Read"/>.</remarks>
public sealed class CheckpointState : IDisposable
{
    private readonly SortedDictionary<string, Tensor> _tensors = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly string _path;

    /// <summary>An empty one.</summary>
    public CheckpointState() => _path = "the new checkpoint";

    internal CheckpointState(string path, IReadOnlyDictionary<string, string> texts)
    {
        _path = path;
        foreach ((string key, string text) in texts) _texts[key] = text;
    }

    /// <summary>The file it was read from.</summary>
    internal string Path => _path;

    /// <summary>The tensors by key.</summary>
    public IReadOnlyDictionary<string, Tensor> Tensors => _tensors;

    /// <summary>The texts by key.</summary>
    public IReadOnlyDictionary<string, string> Texts => _texts;

    /// <summary>Adds a tensor. The state looks at the same memory: write it before the tensor changes.</summary>
    /// <exception cref="ArgumentException">There is one under this key already.</exception>
    public void Add(string key, Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (!_tensors.TryAdd(key, tensor)) throw new ArgumentException($"Two parts of the run write '{key}'.", nameof(key));
        _tensors[key] = tensor.detach().DetachFromDisposeScope();
    }

    /// <summary>Sets a text.</summary>
    public void Set(string key, string value) => _texts[key] = value;

    /// <summary>Sets a whole number.</summary>
    public void Set(string key, long value) => _texts[key] = value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Sets a number, exactly.</summary>
    public void Set(string key, double value) => _texts[key] = value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Whether there is a text or a tensor under this key.</summary>
    public bool Has(string key) => _texts.ContainsKey(key) || _tensors.ContainsKey(key);

    /// <summary>The text under a key.</summary>
    /// <exception cref="CheckpointException">There is none.</exception>
    public string Text(string key) => _texts.TryGetValue(key, out string? text) ? text : throw Missing(key);

    /// <summary>The whole number under a key.</summary>
    /// <exception cref="CheckpointException">There is none.</exception>
    public long Integer(string key) =>
        long.TryParse(Text(key), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value)
            ? value
            : throw Error($"'{key}' is '{Text(key)}', where a whole number is expected", "Use another checkpoint.");

    /// <summary>The number under a key.</summary>
    /// <exception cref="CheckpointException">There is none.</exception>
    public double Number(string key) =>
        double.TryParse(Text(key), NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? value
            : throw Error($"'{key}' is '{Text(key)}', where a number is expected", "Use another checkpoint.");

    /// <summary>The tensor under a key; it stays this state's.</summary>
    /// <exception cref="CheckpointException">There is none.</exception>
    public Tensor Tensor(string key) => _tensors.TryGetValue(key, out Tensor? tensor) ? tensor : throw Missing(key);

    /// <summary>Copies the tensor under a key into <paramref name="target"/>, in place.</summary>
    /// <exception cref="CheckpointException">There is none, or its shape or type is another.</exception>
    public void CopyTo(string key, Tensor target)
    {
        ArgumentNullException.ThrowIfNull(target);
        Tensor source = Tensor(key);
        if (source.dtype != target.dtype || !source.shape.AsSpan().SequenceEqual(target.shape))
        {
            throw Error($"'{key}' is {Form(source)}, and the run needs {Form(target)}", "It was written for another network; start afresh or rebuild that one.");
        }

        using var noGradient = no_grad();
        target.copy_(source);

        static string Form(Tensor tensor) => $"{tensor.dtype} [{string.Join(", ", tensor.shape)}]";
    }

    /// <summary>An error about this checkpoint.</summary>
    internal CheckpointException Error(string problem, string remedy) => new(_path, problem, remedy);

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        foreach (Tensor tensor in _tensors.Values) tensor.Dispose();
        _tensors.Clear();
    }

    private CheckpointException Missing(string key) => Error($"it holds no '{key}'", "It was written for another network or another kind of run.");
}
