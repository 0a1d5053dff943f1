using Dlm.Cli.Models;
using Dlm.Cli.Show;
using Dlm.Dsl.Analysis;

namespace Dlm.Cli.Drawing;

/// <summary>A model as a picture.</summary>
internal static class ModelPicture
{
    private const int Deepest = 100;
    private const int DeepestTried = 4;

    /// <summary>The model's boxes, laid out by nobody yet.</summary>
    /// <param name="source">The model.</param>
    /// <param name="sizes">The sizes that its shapes are written with.</param>
    /// <param name="depth">How deep to look into groups and blocks; all the way where it is null.</param>
    public static Diagram Boxes(ModelSource source, SizeTable sizes, int? depth) => DiagramBuilder.Of(source.Model, sizes, depth ?? Deepest);

    /// <summary>SVG; a picture taller than <paramref name="tallest"/> has its innermost boxes closed, unless <paramref name="depth"/> says how deep to look.</summary>
    public static string Svg(ModelSource source, SizeTable sizes, int? depth, double tallest)
    {
        for (var level = depth ?? Deepest; ; level = level == Deepest ? DeepestTried : level - 1)
        {
            var diagram = Boxes(source, sizes, level);
            DiagramLayout.Apply(diagram, mayWrap: true);
            if (depth is not null || level == 0 || diagram.Height <= tallest) return SvgWriter.Write(diagram, source.Model.Name, Subtitle(source, sizes));
        }
    }

    /// <summary>Parameters and cost, those that are known.</summary>
    public static string Subtitle(ModelSource source, SizeTable sizes)
    {
        var cost = StageTree.Of(source.Model, sizes).Cost;
        return string.Join(", ", new[]
        {
            cost.Parameters is null ? "" : $"{Figures.Whole(cost.Parameters)} parameters",
            cost.Macs is null ? "" : $"{Figures.Short(cost.Macs)} multiply-adds",
        }.Where(figure => figure.Length > 0));
    }
}
