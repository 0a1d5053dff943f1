using Dlm.Dsl.Shapes;
using static Dlm.Dsl.Operators.Row;

namespace Dlm.Dsl.Operators;

/// <summary>Images that are read at any places: spatial transformers (Jaderberg et al., 2015).</summary>
internal static class Grids
{
    private const string Zeros = "global::TorchSharp.torch.GridSamplePaddingMode.Zeros";
    private const string Bilinear = "global::TorchSharp.torch.GridSampleMode.Bilinear";

    public static IReadOnlyList<Operator> Rows { get; } =
    [
        new("grid_sample", OperatorGroup.Shape,
            "Reads an image at the places of a grid, from -1 to 1 across and down: [B, C, H, W] and [B, h, w, 2] to [B, C, h, w]; volumes with [B, d, h, w, 3].")
        {
            Ports = [new("input"), new("grid")],
            Arguments = [Word("mode", "bilinear", "nearest"), Word("padding", "zeros", "border", "reflection"), Bool("align_corners", false)],
            Type = SampleType,
            CSharp = call => Function("grid_sample", Enum(call, "mode", "GridSampleMode", Bilinear), Enum(call, "padding", "GridSamplePaddingMode", Zeros), Arg(call.Value("align_corners"), false)),
        },
        new("affine_grid", OperatorGroup.Shape, "The places of an image's pixels moved by a matrix: [B, 2, 3] to [B, height, width, 2], for grid_sample.")
        {
            Arguments = [Int("height"), Int("width"), Bool("align_corners", false)],
            Type = call => call.NeedsFloat("a matrix for each image, [B, 2, 3]", 3) && call.NeedsShape(call.Inputs[0], "the matrix", [call.Input[0], 2, 3], "linear(6) -> unflatten(1, 2, 3) makes one")
                ? call.Input.WithDims([call.Input[0], call.Int("height"), call.Int("width"), 2]) : null,
            CSharp = call => Template(
                "global::TorchSharp.torch.nn.functional.affine_grid($input, new long[] { $input.shape[0], 1, $0, $1 }, $2)",
                Arg(call.Int("height")), Arg(call.Int("width")), Arg(call.Value("align_corners"))),
        },
    ];

    private static TensorType? SampleType(OperatorCall call)
    {
        var (input, grid) = (call.Inputs[0], call.Inputs[1]);
        if (!call.NeedsOneFloatType() || !call.NeedsRank(input, "an image batch [B, C, H, W], or volumes", 4, 5)) return null;
        if (!call.NeedsRank(grid, input.Type.Rank == 4 ? "a grid [B, h, w, 2]" : "a grid [B, d, h, w, 3]", input.Type.Rank)) return null;
        if (!call.NeedsWord("mode") || !call.NeedsWord("padding")) return null;
        Dim[] needed = [input.Type[0], .. grid.Type.Dims.Skip(1).Take(input.Type.Rank - 2), input.Type.Rank - 2];
        if (!call.NeedsShape(grid, "its grid", needed, "a grid holds x and y, from -1 to 1, for each place, and one grid belongs to each image")) return null;
        return input.Type.WithDims([input.Type[0], input.Type[1], .. needed.Skip(1).Take(input.Type.Rank - 2)]);
    }

    private static CSharpArgument Enum(OperatorCall call, string argument, string type, string @default)
    {
        var word = call.Text(argument);
        return Code($"global::TorchSharp.torch.{type}.{char.ToUpperInvariant(word[0])}{word.Substring(1)}", @default);
    }
}
