using static TorchSharp.torch;

namespace Dlm.Runtime.Data;

/// <summary>
/// Named tensors whose first dimension counts the samples, and which samples they are. A batch owns its tensors.
/// </summary>
/// <remarks>
/// Supervised data calls its tensors <see cref="InputName"/> and <see cref="TargetName"/>; others choose names of their own
/// ("source" and "translation"; "state", "action", "reward").
/// </remarks>
public sealed class Batch : IDisposable
{
    /// <summary>The name of what a supervised model reads.</summary>
    public const string InputName = "input";

    /// <summary>The name of what a supervised model shall say.</summary>
    public const string TargetName = "target";

    private readonly (string Name, Tensor Value)[] _fields;

    /// <summary>Makes a batch that owns <paramref name="fields"/>.</summary>
    /// <param name="indices">The indices of the samples in their data set.</param>
    /// <param name="fields">The tensors, each with as many rows as there are indices.</param>
    public Batch(ReadOnlySpan<long> indices, params (string Name, Tensor Value)[] fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        Indices = indices.ToArray();
        _fields = fields;
    }

    private Batch(long[] indices, (string Name, Tensor Value)[] fields) => (Indices, _fields) = (indices, fields);

    /// <summary>The indices of the samples in their data set.</summary>
    public long[] Indices { get; }

    /// <summary>How many samples the batch holds.</summary>
    public int Count => Indices.Length;

    /// <summary>What the model reads.</summary>
    public Tensor Input => this[InputName];

    /// <summary>What the model shall say.</summary>
    public Tensor Target => this[TargetName];

    /// <summary>The names of the tensors, in the data set's order.</summary>
    public IEnumerable<string> Names => _fields.Select(f => f.Name);

    /// <summary>The tensor called <paramref name="name"/>.</summary>
    /// <exception cref="KeyNotFoundException">The batch has no tensor of that name; the message lists those it has.</exception>
    public Tensor this[string name]
    {
        get
        {
            foreach ((string candidate, Tensor value) in _fields)
            {
                if (candidate == name) return value;
            }

            throw new KeyNotFoundException(
                $"The batch has no tensor '{name}'; the data set gives {string.Join(", ", Names.Select(n => $"'{n}'"))}.");
        }
    }

    /// <summary>This batch with some tensors in place of those of the same name, which are disposed, or added to them. It belongs to the caller in place of this one.</summary>
    /// <param name="fields">The tensors, each with as many rows as there are samples.</param>
    public Batch With(params ReadOnlySpan<(string Name, Tensor Value)> fields)
    {
        List<(string Name, Tensor Value)> all = [.. _fields];
        foreach ((string Name, Tensor Value) field in fields)
        {
            int at = all.FindIndex(f => f.Name == field.Name);
            if (at < 0) all.Add(field);
            else if (!ReferenceEquals(all[at].Value, field.Value))
            {
                all[at].Value.Dispose();
                all[at] = field;
            }
        }

        return new Batch(Indices, [.. all]);
    }

    /// <summary>This batch without one of its tensors, which is disposed. It belongs to the caller in place of this one.</summary>
    public Batch Without(string name)
    {
        this[name].Dispose();
        return new Batch(Indices, [.. _fields.Where(f => f.Name != name)]);
    }

    /// <summary>The same batch on <paramref name="device"/>; this one is disposed unless it is there already.</summary>
    public Batch To(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        if (_fields.All(f => f.Value.device_type == device.type && (device.index < 0 || f.Value.device_index == device.index)))
        {
            return this;
        }

        Batch moved = new(Indices, [.. _fields.Select(f => (f.Name, f.Value.to(device, non_blocking: true).DetachFromDisposeScope()))]);
        Dispose();
        return moved;
    }

    /// <summary>Takes the tensors out of the dispose scope of this thread, so that the batch alone decides about their life.</summary>
    internal Batch DetachFromDisposeScope()
    {
        foreach ((_, Tensor value) in _fields) value.DetachFromDisposeScope();
        return this;
    }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        foreach ((_, Tensor value) in _fields) value.Dispose();
    }
}
