using Dlm.Dsl.Operators;
using FsCheck;

namespace Dlm.Operators.Tests;

/// <summary>Rows whose inputs or arguments depend on one another so much that calls drawn freely would hardly ever be right.</summary>
internal static class SpecialDraws
{
    private static readonly Dictionary<string, Func<Operator, Gen<Draw>>> ByName = new(StringComparer.Ordinal)
    {
    };

    /// <summary>The row's own generator, or null where the general one serves.</summary>
    public static Gen<Draw>? Find(Operator row) => ByName.TryGetValue(row.Name, out var draws) ? draws(row) : null;
}
