using TorchSharp.Modules;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A part of a network: parameters, buffers and other modules, by name.</summary>
        public partial class Module : IDisposable
        {
            protected string name;
            protected DeviceType _deviceType = DeviceType.CPU;
            protected int _deviceIndex = -1;
            protected OrderedDict<string, Parameter> _internal_params = new();
            protected OrderedDict<string, (Tensor buffer, bool persistent)> _internal_buffers = new();
            protected OrderedDict<string, Module> _internal_submodules = new();

            protected Module(string name) => this.name = name;

            ~Module() => Dispose(false);

            /// <summary>Whether the module is being trained; dropout and normalization differ.</summary>
            public virtual bool training { get; private set; } = true;

            public virtual string GetName() => name;

            public virtual void train(bool train = true)
            {
                training = train;
                foreach (var (_, child) in named_children())
                    child.train(train);
            }

            public virtual void eval() => train(false);

            /// <summary>Calls the function on every module within, and then on this one.</summary>
            public virtual Module apply(Action<Module> fn)
            {
                foreach (var (_, child) in named_children())
                    child.apply(fn);
                fn(this);
                return this;
            }

            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (var (_, parameter) in named_parameters())
                {
                    using var gradient = parameter.grad;
                    if (gradient is null)
                        continue;
                    if (set_to_none)
                        parameter.grad = null;
                    else
                        gradient.zero_();
                }
            }

            // ---- what is within

            public virtual IEnumerable<(string name, Module module)> named_children()
            {
                foreach (var (key, child) in _internal_submodules)
                    yield return (key, child);
            }

            public virtual IEnumerable<Module> children() => named_children().Select(child => child.module);

            public virtual IEnumerable<(string name, Module module)> named_modules()
            {
                foreach (var (key, child) in named_children())
                {
                    yield return (key, child);
                    foreach (var (inner, module) in child.named_modules())
                        yield return ($"{key}.{inner}", module);
                }
            }

            public virtual IEnumerable<Module> modules() => named_modules().Select(entry => entry.module);

            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                foreach (var (key, parameter) in _internal_params)
                    if (parameter is { IsInvalid: false })
                        yield return (key, parameter);
                if (!recurse)
                    yield break;
                foreach (var (key, child) in _internal_submodules)
                    foreach (var (inner, parameter) in child.named_parameters())
                        yield return ($"{key}.{inner}", parameter);
            }

            public virtual IEnumerable<Parameter> parameters(
                bool recurse = true) => named_parameters(recurse).Select(entry => entry.parameter);

            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true)
            {
                foreach (var (key, (buffer, persistent)) in _internal_buffers)
                    if (buffer is { IsInvalid: false } && (persistent || include_nonpersistent))
                        yield return (key, buffer);
                if (!recurse)
                    yield break;
                foreach (var (key, child) in _internal_submodules)
                    foreach (var (inner, buffer) in child.named_buffers(true, include_nonpersistent))
                        yield return ($"{key}.{inner}", buffer);
            }

            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true) =>
                named_buffers(recurse, include_nonpersistent).Select(entry => entry.buffer);

            /// <summary>The parameter of a name, "layer1.0.weight"; null if there is none.</summary>
            public virtual Parameter? get_parameter(string target) =>
                Owner(ref target) is { } owner && owner._internal_params.TryGetValue(target, out var parameter) ? parameter : null;

            public virtual Tensor? get_buffer(string target) =>
                Owner(ref target) is { } owner && owner._internal_buffers.TryGetValue(target, out var entry) ? entry.buffer : null;

            public virtual bool has_parameter(
                string target) => Owner(ref target) is { } owner && owner._internal_params.ContainsKey(target);

            public virtual bool has_buffer(string target) => Owner(ref target) is { } owner && owner._internal_buffers.ContainsKey(target);

            /// <summary>The module that a dotted name leads to, and what is left of the name.</summary>
            private Module? Owner(ref string target)
            {
                var owner = this;
                for (var dot = target.IndexOf('.'); dot >= 0; dot = target.IndexOf('.'))
                {
                    if (!owner._internal_submodules.TryGetValue(target[..dot], out owner))
                        return null;
                    target = target[(dot + 1)..];
                }
                return owner;
            }

            // ---- end

            /// <inheritdoc/>
            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
                if (!disposing)
                    return;
                foreach (var (_, child) in _internal_submodules)
                    child.Dispose();
                foreach (var (_, parameter) in _internal_params)
                    parameter?.Dispose();
                foreach (var (_, (buffer, _)) in _internal_buffers)
                    buffer?.Dispose();
            }
        }
    }
}
