using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What an optimizer remembers of one parameter.</summary>
public abstract class OptimizerState
{
    protected Parameter _parameter;

    protected OptimizerState(Parameter parameter) => _parameter = parameter;

    public virtual void Initialize(OptimizerOptions options) { }

    public abstract void LoadStateDict(OptimizerState source);

    public abstract void LoadStateDict(BinaryReader reader);

    public abstract void SaveStateDict(BinaryWriter writer);

    public virtual void to(Device device) { }

    public virtual bool ApproximatelyEquals(OptimizerState other) => false;

    private protected static void Replace(ref Tensor? target, Tensor? value)
    {
        target?.Dispose();
        target = value?.DetachFromDisposeScope();
    }

    private protected static void Move(ref Tensor? tensor, Device device)
    {
        if (tensor is not null)
            Replace(ref tensor, tensor.to(device, copy: true));
    }

    private protected static bool Close(Tensor? a, Tensor? b) => a is null ? b is null : b is not null && a.allclose(b);

    protected static void SaveConditionalStateTensor(BinaryWriter writer, Tensor? tensor)
    {
        writer.Write(tensor is not null);
        tensor?.Save(writer);
    }

    protected static void LoadConditionalStateTensor(BinaryReader reader, ref Tensor? result, Device device) =>
        Replace(ref result, reader.ReadBoolean() ? TensorExtensionMethods.Load(reader).to(device) : null);
}
