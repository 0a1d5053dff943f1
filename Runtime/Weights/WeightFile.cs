using Dlm.Runtime.Files;
using Dlm.Runtime.Keys;
using Dlm.Runtime.Weights.Formats;
using Dlm.Runtime.Weights.PyTorch;
using Dlm.Runtime.Weights.SafeTensors;
using static TorchSharp.torch;

namespace Dlm.Runtime.Weights;

/// <summary>
/// Weights in a file: safetensors, what PyTorch's <c>torch.save</c> wrote in its present or its older form, or the index of a model
/// in several files. The content tells the format, not the name. The file is mapped into memory, and a tensor is read when it is asked for.
/// </summary>
/// <remarks>
/// No file can run code, however it was made: of a pickle's objects only tensors, dicts, lists, tuples, numbers and texts are known, and
/// anything else is refused by name. Nor can it make more memory be taken than it has bytes.
/// </remarks>
public sealed class WeightFile : IDisposable
{
    // What a folder that holds a model calls its weights, the safest format first.
    private static readonly string[] NamesInFolder =
        ["model.safetensors.index.json", "model.safetensors", "diffusion_pytorch_model.safetensors", "pytorch_model.bin.index.json", "pytorch_model.bin"];

    private static readonly string[] PyTorchEndings = [".pt", ".pth", ".bin", ".th"];
    private const string SafeTensorsEnding = ".safetensors";
    private const int StartLength = 512;

    private readonly WeightSource _source;
    private readonly Dictionary<string, int> _indices;

    private WeightFile(string path, WeightSource source)
    {
        (Path, _source) = (path, source);
        _indices = source.Entries.Select((entry, index) => (entry.Key, index)).ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>What it is: "safetensors", "PyTorch", ...</summary>
    public string Format => _source.Format;

    /// <summary>What it holds, in the file's order.</summary>
    public IReadOnlyList<WeightEntry> Entries => _source.Entries;

    /// <summary>What it says of the tensor under a key.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the message offers a key that is near.</exception>
    public WeightEntry this[string key] => Entries[IndexOf(key)];

    /// <summary>Opens weights.</summary>
    /// <param name="path">A file, or a folder as models are shared in, with <c>model.safetensors</c>, <c>pytorch_model.bin</c> or their index.</param>
    /// <param name="part">
    /// Which dict of a PyTorch file holds the weights: "state_dict", or "models.generator" for one within another. It is only needed where
    /// there are several and none has a usual name.
    /// </param>
    /// <exception cref="WeightFileException">It is missing, damaged, of no known format, or holds more than weights.</exception>
    public static WeightFile Open(string path, string? part = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string file = path;
        if (Directory.Exists(path))
        {
            file = NamesInFolder.Select(name => System.IO.Path.Combine(path, name)).FirstOrDefault(File.Exists)
                ?? throw new WeightFileException(path, "no weights are in this folder", $"It should hold one of {string.Join(", ", NamesInFolder)}; or give the file itself.");
        }

        try
        {
            return new WeightFile(file, OpenSource(file, part, mayBeIndex: true));
        }
        catch (MalformedFileException e)
        {
            throw new WeightFileException(file, e.Message, e.Remedy ?? "Get the file again.", e.InnerException);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WeightFileException(file, $"it cannot be read ({e.Message.TrimEnd('.')})", "Check the path and its permissions.", e);
        }
    }

    /// <summary>Writes tensors to a file, all or nothing: safetensors for a name that ends so, PyTorch's form for <c>.pt</c>, <c>.pth</c>, <c>.bin</c> or <c>.th</c>.</summary>
    /// <param name="path">The file; its folder is made where it is missing, and a file that is there is replaced.</param>
    /// <param name="tensors">The tensors by key, on any device. Those that share memory are written one by one.</param>
    /// <exception cref="WeightFileException">It cannot be written, as on a full disk; what was there before is untouched.</exception>
    /// <exception cref="ArgumentException">The name says no format, or the format has no elements of a tensor's type.</exception>
    public static void Save(string path, IEnumerable<KeyValuePair<string, Tensor>> tensors)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(tensors);
        OrderedDictionary<string, Tensor> ordered = new(tensors, StringComparer.Ordinal);
        string ending = System.IO.Path.GetExtension(path);
        Action<FileStream> write = ending switch
        {
            SafeTensorsEnding => file => SafeTensorsWriter.Write(file, ordered),
            _ when PyTorchEndings.Contains(ending) => file => PyTorchWriter.Write(file, ordered),
            _ => throw new ArgumentException($"'{path}' does not say in which format to write: let it end with {SafeTensorsEnding} or {string.Join(", ", PyTorchEndings)}.", nameof(path)),
        };
        try
        {
            AtomicFile.Write(path, write, (problem, remedy, inner) => new WeightFileException(path, problem, remedy, inner));
        }
        catch (NotSupportedException e)
        {
            throw new ArgumentException(e.Message, nameof(tensors), e);
        }
    }

    /// <summary>Whether there is a tensor under a key.</summary>
    public bool Has(string key) => _indices.ContainsKey(key);

    /// <summary>Reads a tensor into the machine's own memory, in the file's type and shape. The caller disposes it; it shares no memory with any other.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the message offers a key that is near.</exception>
    /// <exception cref="WeightFileException">The file is damaged.</exception>
    public Tensor Read(string key)
    {
        try
        {
            return _source.Read(IndexOf(key));
        }
        catch (MalformedFileException e)
        {
            throw new WeightFileException(Path, e.Message, e.Remedy ?? "Get the file again.", e.InnerException);
        }
    }

    /// <summary>Closes the file. Tensors that were read stay.</summary>
    public void Dispose() => _source.Dispose();

    /// <summary>The file and each of its tensors, a line each.</summary>
    public override string ToString() => string.Join('\n', Entries.Select(entry => $"  {entry}").Prepend($"{Path} ({Format}): {Entries.Count} tensors"));

    private int IndexOf(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _indices.TryGetValue(key, out int index)
            ? index
            : throw new KeyNotFoundException($"{Path} holds no '{key}'.{NearMiss.DidYouMean(key, _indices.Keys)}");
    }

    private static WeightSource OpenSource(string path, string? part, bool mayBeIndex)
    {
        MappedFile file = new(path);
        bool kept = false;
        try
        {
            ReadOnlySpan<byte> start = file.First(StartLength);
            if (mayBeIndex && ShardedSource.Begins(start)) return ShardedSource.Open(file, path, shard => OpenSource(shard, part, mayBeIndex: false));
            WeightSource source =
                ZipDirectory.Begins(start) ? PyTorchZip.Open(file, part)
                : PyTorchLegacy.Begins(start) ? PyTorchLegacy.Open(file, part)
                : SafeTensorsSource.Begins(start) ? SafeTensorsSource.Open(file, path)
                : throw ForeignFiles.Describe(start);
            kept = true;
            return source;
        }
        finally
        {
            if (!kept) file.Dispose();
        }
    }
}
