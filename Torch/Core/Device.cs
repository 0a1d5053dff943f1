using System.Globalization;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A kind of device and which one of it; "cpu", "cuda", "cuda:1".</summary>
    public class Device
    {
        public Device(DeviceType deviceType, int index = -1)
        {
            type = deviceType;
            this.index = deviceType == DeviceType.CUDA && index < 0 ? 0 : index;
        }

        public Device(int index) : this(DeviceType.CUDA, index) { }

        public Device(string description) : this(Parse(description).Type, Parse(description).Index) { }

        public Device(string deviceType, int index = -1) : this(Parse(deviceType).Type, index) { }

        public DeviceType type { get; }

        public int index { get; }

        public static implicit operator Device(string description) => new(description);

        /// <inheritdoc/>
        public override string ToString()
        {
            var name = type.ToString().ToLowerInvariant();
            return index < 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}:{index}");
        }

        private static (DeviceType Type, int Index) Parse(string description)
        {
            var colon = description.IndexOf(':');
            var name = colon < 0 ? description : description[..colon];
            var index = -1;
            if (!Enum.TryParse<DeviceType>(name, ignoreCase: true, out var type) || int.TryParse(name, out _) ||
                (colon >= 0 && !int.TryParse(description.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out index)))
                throw new ArgumentException(
                    $"'{description}' is not a device; write 'cpu', 'cuda', 'cuda:1' or the like.", nameof(description));
            return (type, index);
        }
    }

    public static readonly Device CPU = new(DeviceType.CPU);

    public static readonly Device META = new(DeviceType.META);

    public static Device CUDA => new(DeviceType.CUDA);

    public static Device MPS => new(DeviceType.MPS);

    public static Device device(string description) => new(description);

    public static Device device(string deviceType, int index = -1) => new(deviceType, index);

    public static Device device(DeviceType deviceType, int index = -1) => new(deviceType, index);

    public static Device device(int index) => new(index);

    private static Device _defaultDevice = CPU;

    public static Device get_default_device() => _defaultDevice;

    public static void set_default_device(Device device) => _defaultDevice = InitializeDevice(device);

    public static void set_default_device(string device) => set_default_device(new Device(device));

    /// <summary>Does what a device needs before its first use; null stands for the default device.</summary>
    public static Device InitializeDevice(Device? device)
    {
        device ??= get_default_device();
        InitializeDeviceType(device.type);
        return device;
    }

    /// <exception cref="InvalidOperationException">This libtorch, or this machine, has no such device.</exception>
    public static void InitializeDeviceType(DeviceType deviceType)
    {
        if (!TryInitializeDeviceType(deviceType))
            throw new InvalidOperationException($"Torch device type {deviceType} did not initialise on the current machine.");
    }

    public static bool TryInitializeDeviceType(DeviceType deviceType) =>
        deviceType is DeviceType.CPU or DeviceType.META || NativeMethods.dlm_device_count((int)deviceType) > 0;

    public static bool cuda_is_available() => cuda.is_available();

    public static bool mps_is_available() => NativeMethods.dlm_device_count((int)DeviceType.MPS) > 0;

    public static partial class cuda
    {
        public static bool is_available() => device_count() > 0;

        public static int device_count() => NativeMethods.dlm_device_count((int)DeviceType.CUDA);

        public static bool is_cudnn_available() => is_available() && NativeMethods.dlm_has_cudnn() != 0;

        /// <summary>Waits until a device, the current one if none is given, has done all its work.</summary>
        public static void synchronize(Device? device = null)
        {
            InitializeDeviceType(DeviceType.CUDA);
            NativeMethods.Check(NativeMethods.dlm_cuda_synchronize(device?.index ?? -1));
        }
    }
}
