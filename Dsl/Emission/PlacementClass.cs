using Dlm.Dsl.Elaboration;

namespace Dlm.Dsl.Emission;

/// <summary>What a module that is <c>on</c> a device of its own has besides, and the class that the file declares for it.</summary>
internal static class PlacementClass
{
    /// <summary>The class; a file-local type stands before any other of this name.</summary>
    public const string Name = "DlmPlacement";

    /// <summary>The field with the device; null where the machine has none such.</summary>
    public const string Field = "_placement";

    private const string Source = """
        /// <summary>Moves what flows between the devices of a model's parts.</summary>
        file static class DlmPlacement
        {
            /// <summary>The device, or null where this machine has none such: the part then stays with the rest.</summary>
            public static TORCH.Device? Of(global::TorchSharp.DeviceType type, long index) => type switch
            {
                global::TorchSharp.DeviceType.CUDA when !TORCH.cuda.is_available() || index >= TORCH.cuda.device_count() => null,
                global::TorchSharp.DeviceType.MPS when !TORCH.mps_is_available() => null,
                global::TorchSharp.DeviceType.CPU => new TORCH.Device(type),
                _ => new TORCH.Device(type, (int)index),
            };

            /// <summary>The tensor on the device, as a tensor of its own.</summary>
            public static TENSOR In(TENSOR tensor, TORCH.Device? place)
            {
                if (place is null) return tensor.alias();
                var moved = tensor.to(place);
                return ReferenceEquals(moved, tensor) ? tensor.alias() : moved;
            }

            /// <summary>The tensor on the device where what flowed in came from; the first is disposed.</summary>
            public static TENSOR Back(TENSOR tensor, TORCH.Device home)
            {
                var moved = tensor.to(home);
                if (!ReferenceEquals(moved, tensor)) tensor.Dispose();
                return moved;
            }
        }
        """;

    /// <summary>Writes it where one of the classes needs it.</summary>
    public static void Write(IndentedWriter writer, IEnumerable<ElaboratedBlock> blocks)
    {
        if (!blocks.SelectMany(b => b.Body.AllNodes()).Any(n => n is GroupNode { Place: not null })) return;
        writer.Line();
        foreach (var line in Source.Split('\n')) writer.Line(line.TrimEnd().Replace("TORCH", CSharpNames.Torch).Replace("TENSOR", CSharpNames.Tensor));
    }

    /// <summary>The device that is asked for.</summary>
    public static string Find(Placement place, CSharpValues values) =>
        $"{Name}.Of(global::TorchSharp.DeviceType.{place.Device.ToUpperInvariant()}, {values.Write(place.Index)})";

    /// <summary>Writes the overrides that let <c>to</c> change the part's element type and leave it where it is.</summary>
    public static void WriteMoves(IndentedWriter writer)
    {
        const string module = CSharpNames.Torch + ".nn.Module";
        writer.Line();
        writer.Line("/// <summary>Stays on its own device, where this machine has it.</summary>");
        writer.Line($"protected override {module} _to({CSharpNames.Torch}.Device device, {CSharpNames.Torch}.ScalarType dtype, bool non_blocking) =>");
        writer.Line($"    {Field} is null ? base._to(device, dtype, non_blocking) : base._to(dtype, non_blocking);");
        writer.Line();
        writer.Line("/// <summary>Stays on its own device, where this machine has it.</summary>");
        writer.Line($"protected override {module} _to(global::TorchSharp.DeviceType deviceType, int deviceIndex, bool non_blocking) =>");
        writer.Line($"    {Field} is null ? base._to(deviceType, deviceIndex, non_blocking) : this;");
    }
}
