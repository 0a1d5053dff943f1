using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            protected internal virtual Module _to(Device device, ScalarType dtype, bool non_blocking)
            {
                foreach (var (_, child) in named_children())
                    child._to(device, dtype, non_blocking);
                _toEpilog(device, dtype, non_blocking);
                return this;
            }

            protected internal virtual Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking)
            {
                foreach (var (_, child) in named_children())
                    child._to(deviceType, deviceIndex, non_blocking);
                _toEpilog(deviceType, deviceIndex, non_blocking);
                return this;
            }

            protected internal virtual Module _to(ScalarType dtype, bool non_blocking)
            {
                foreach (var (_, child) in named_children())
                    child._to(dtype, non_blocking);
                _toEpilog(dtype, non_blocking);
                return this;
            }

            public Module _to(Tensor other, bool non_blocking) => _to(other.device, other.dtype, non_blocking);

            protected void _toEpilog(
                Device device, ScalarType dtype, bool non_blocking) => _toEpilog((ScalarType?)dtype, device, non_blocking);

            protected void _toEpilog(DeviceType deviceType, int deviceIndex, bool non_blocking) =>
                _toEpilog((ScalarType?)null, new Device(deviceType, deviceIndex), non_blocking);

            protected void _toEpilog(ScalarType dtype, bool non_blocking) => _toEpilog((ScalarType?)dtype, null, non_blocking);

            /// <summary>
            /// Converts what is this module's own. A parameter that changes is a new object afterwards, and the old one is
            /// disposed of, as in TorchSharp: fields that registered it by reflection follow, other references are dead.
            /// </summary>
            protected virtual void _toEpilog(ScalarType? dtype, Device? device, bool non_blocking)
            {
                if (device is not null)
                    InitializeDevice(device);
                var fields = new Lazy<Dictionary<string, System.Reflection.FieldInfo>>(
                    () => ComponentFields().GroupBy(f => f.Item1).ToDictionary(g => g.Key, g => g.First().Item2));

                foreach (var (key, parameter) in named_parameters(false).ToList())
                {
                    if (!ReplaceParameter(dtype, device, parameter, out var replacement))
                        continue;
                    _internal_params[key] = replacement;
                    if (fields.Value.TryGetValue(key, out var field) && ReferenceEquals(field.GetValue(this), parameter))
                        field.SetValue(this, replacement);
                    parameter.Dispose();
                }
                foreach (var (key, buffer) in named_buffers(false, false).ToList())
                {
                    if (!ReplaceBuffer(dtype, device, buffer, out var replacement))
                        continue;
                    _internal_buffers[key] = (replacement, true);
                    if (fields.Value.TryGetValue(key, out var field) && ReferenceEquals(field.GetValue(this), buffer))
                        field.SetValue(this, replacement);
                    buffer.Dispose();
                }
                if (device is not null)
                {
                    _deviceType = device.type;
                    _deviceIndex = device.index;
                }
            }

            protected static bool ReplaceParameter(ScalarType? dtype, Device? device, Parameter param, out Parameter p)
            {
                var type = TargetType(dtype, param);
                var place = device ?? param.device;
                p = null!;
                if (!param.ToWillCopy(type, place))
                    return false;

                using var gradient = param.grad;
                using (no_grad())
                    p = (Parameter)new Parameter(param.to(type, place), param.requires_grad).DetachFromDisposeScope();
                if (gradient is not null)
                {
                    using var moved = gradient.to(type, place).with_requires_grad(gradient.requires_grad);
                    p.grad = moved;
                }
                return true;
            }

            protected static bool ReplaceBuffer(ScalarType? dtype, Device? device, Tensor buffer, out Tensor result)
            {
                var type = TargetType(dtype, buffer);
                var place = device ?? buffer.device;
                result = null!;
                if (!buffer.ToWillCopy(type, place))
                    return false;
                using (no_grad())
                    result = buffer.to(type, place).DetachFromDisposeScope();
                return true;
            }

            /// <summary>Counters and the like keep their type.</summary>
            private static ScalarType TargetType(ScalarType? dtype, Tensor tensor) =>
                dtype is { } type && (tensor.is_floating_point() || tensor.is_complex()) ? type : tensor.dtype;

            protected static (Device device, ScalarType dtype) GetDefaultDeviceAndType(Device? device = null, ScalarType? dtype = null) =>
                (device ?? get_default_device(), dtype ?? get_default_dtype());
        }
    }
}
