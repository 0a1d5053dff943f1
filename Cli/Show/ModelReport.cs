using Dlm.Cli.Models;
using Dlm.Dsl.Analysis;

namespace Dlm.Cli.Show;

/// <summary>All that <c>dlm show</c> says of a model.</summary>
/// <param name="Source">The model.</param>
/// <param name="Sizes">The sizes that its figures are for.</param>
/// <param name="Batch">How many samples.</param>
/// <param name="Tree">Its stages.</param>
/// <param name="Memory">How much memory it takes; null where an open size decides.</param>
/// <param name="Field">How much of an image the last feature map sees; null for other models.</param>
/// <param name="Smallest">The side of the smallest image it takes; null where its size is fixed.</param>
internal sealed record ModelReport(ModelSource Source, SizeTable Sizes, long Batch, Stage Tree, MemoryUse? Memory, ReceptiveField? Field, long? Smallest)
{
    public static ModelReport Of(ModelSource source, SizeTable sizes, long batch)
    {
        var model = source.Model;
        var smallest = SmallestInput.Of(model, side => source.Refusal(SizeTable.For(model, 1, new Dictionary<string, long>
        {
            [model.AtDefaults.Inputs[0].Type[2].AsSymbol!.Name] = side,
            [model.AtDefaults.Inputs[0].Type[3].AsSymbol!.Name] = side,
        })) is null);
        return new ModelReport(source, sizes, batch, StageTree.Of(model, sizes), MemoryUse.Of(model, sizes), ReceptiveField.Of(model, sizes), smallest);
    }
}
