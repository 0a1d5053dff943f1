using System.Reflection;
using TorchSharp.Modules;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            private bool _registered;

            public virtual void register_parameter(string name, Parameter param)
            {
                if (param is null)
                {
                    _internal_params.Remove(name);
                    return;
                }
                if (!_internal_params.TryGetValue(name, out var known) || !ReferenceEquals(known, param))
                    _internal_params.Add(name, param);
            }

            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true)
            {
                if (tensor is null)
                {
                    _internal_buffers.Remove(name);
                    return;
                }
                if (!_internal_buffers.TryGetValue(name, out var known) || !ReferenceEquals(known.buffer, tensor))
                    _internal_buffers.Add(name, (tensor, persistent));
            }

            /// <summary>Makes a module part of this one, and has it register its own parts first.</summary>
            /// <exception cref="ArgumentException">The name is empty, holds a dot or is taken.</exception>
            public virtual void register_module(string name, Module submodule)
            {
                if (submodule is null)
                {
                    _internal_submodules.Remove(name);
                    return;
                }
                if (string.IsNullOrEmpty(name))
                    throw new ArgumentException("module name can't be empty string \"\"");
                if (name.Contains('.'))
                    throw new ArgumentException($"module name can't contain \".\", got: {name}");
                if (_internal_submodules.ContainsKey(name))
                    throw new ArgumentException($"Sub-module {name} is already registered.");
                submodule.RegisterComponents();
                _internal_submodules.Add(name, submodule);
            }

            public void add_module(string name, Module module) => register_module(name, module);

            protected void ClearModules() => _internal_submodules.clear();

            protected void ConditionallyRegisterParameter(string name, Parameter? value)
            {
                if (value is null)
                    _internal_params.Remove(name);
                else
                    _internal_params[name] = value;
            }

            protected void ConditionallyRegisterParameter(string name, Tensor? value)
            {
                if (value is not null and not Modules.Parameter)
                    throw new ArgumentException($"Registering a non-parameter tensor '{name}' as a parameter.");
                ConditionallyRegisterParameter(name, (Parameter?)value);
            }

            protected void ConditionallyRegisterBuffer(string name, Tensor? value, bool persistent = true)
            {
                if (value is null)
                    _internal_buffers.Remove(name);
                else
                    _internal_buffers[name] = (value, persistent);
            }

            /// <summary>Registers every field that holds a module, a parameter or a tensor. Override it to register by hand.</summary>
            protected virtual void RegisterComponents()
            {
                if (_registered)
                    return;
                _registered = true;
                foreach (var (key, field) in ComponentFields())
                {
                    switch (field.GetValue(this))
                    {
                        case Module module:
                            if (!_internal_submodules.ContainsKey(key))
                                register_module(key, module);
                            break;
                        case Parameter parameter:
                            register_parameter(key, parameter);
                            break;
                        case Tensor tensor:
                            register_buffer(key, tensor);
                            break;
                    }
                }
            }

            private IEnumerable<(string, FieldInfo)> ComponentFields()
            {
                foreach (var field in GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
                    if (typeof(Module).IsAssignableFrom(field.FieldType) || typeof(Tensor).IsAssignableFrom(field.FieldType))
                        yield return (field.GetCustomAttribute<ComponentNameAttribute>()?.Name ?? field.Name, field);
            }

            /// <summary>A parameter of a built-in layer: it survives the scope in which the layer is made.</summary>
            internal void Own(string name, Tensor? parameter)
            {
                if (parameter is null)
                    return;
                var own = parameter as Parameter ?? new Parameter(parameter);
                own.DetachFromDisposeScope();
                ConditionallyRegisterParameter(name, own);
            }

            internal void OwnBuffer(string name, Tensor? buffer) => ConditionallyRegisterBuffer(name, buffer?.DetachFromDisposeScope());

            /// <summary>Puts another parameter in the place of one, of which it disposes.</summary>
            internal void Exchange(string name, Parameter? value)
            {
                var before = OwnParameter(name);
                if (ReferenceEquals(before, value))
                    return;
                before?.Dispose();
                value?.DetachFromDisposeScope();
                ConditionallyRegisterParameter(name, value);
            }

            internal void ExchangeBuffer(string name, Tensor? value)
            {
                var before = OwnBuffer(name);
                if (ReferenceEquals(before, value))
                    return;
                before?.Dispose();
                OwnBuffer(name, value);
                if (value is null)
                    _internal_buffers.Remove(name);
            }

            internal Parameter? OwnParameter(string name) => _internal_params.TryGetValue(name, out var parameter) ? parameter : null;

            internal Tensor? OwnBuffer(string name) => _internal_buffers.TryGetValue(name, out var entry) ? entry.buffer : null;
        }
    }
}
