using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>Marks layers that learn nothing.</summary>
public interface IParameterLessModule { }

/// <summary>A layer that learns nothing and holds no state.</summary>
public abstract class ParameterLessModule<T1, TResult> : Module<T1, TResult>, IParameterLessModule
{
    protected ParameterLessModule(string name) : base(name) { }

    protected internal override Module _to(Device device, ScalarType dtype, bool non_blocking) => this;

    protected internal override Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking) => this;

    protected internal override Module _to(ScalarType dtype, bool non_blocking) => this;

    public override void register_buffer(string name, Tensor tensor, bool persistent = true) =>
        throw new InvalidOperationException($"{GetName()} holds no state: the buffer '{name}' cannot be registered.");

    public override void register_parameter(string name, Parameter param) =>
        throw new InvalidOperationException($"{GetName()} holds no state: the parameter '{name}' cannot be registered.");

    public override void register_module(string name, Module submodule) =>
        throw new InvalidOperationException($"{GetName()} holds no state: the module '{name}' cannot be registered.");
}

/// <summary>A layer that learns nothing and holds no state.</summary>
public abstract class ParameterLessModule<T1, T2, TResult> : Module<T1, T2, TResult>, IParameterLessModule
{
    protected ParameterLessModule(string name) : base(name) { }

    protected internal override Module _to(Device device, ScalarType dtype, bool non_blocking) => this;

    protected internal override Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking) => this;

    protected internal override Module _to(ScalarType dtype, bool non_blocking) => this;

    public override void register_buffer(string name, Tensor tensor, bool persistent = true) =>
        throw new InvalidOperationException($"{GetName()} holds no state: the buffer '{name}' cannot be registered.");

    public override void register_parameter(string name, Parameter param) =>
        throw new InvalidOperationException($"{GetName()} holds no state: the parameter '{name}' cannot be registered.");

    public override void register_module(string name, Module submodule) =>
        throw new InvalidOperationException($"{GetName()} holds no state: the module '{name}' cannot be registered.");
}
