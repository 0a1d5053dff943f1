using Dlm.Dsl.Elaboration;

namespace Dlm.Dsl.Analysis;

/// <summary>What runs inside of a node, whichever class it is written in.</summary>
public static class NodeRegions
{
    /// <summary>The body of a group or block; the parts of a loop or choice.</summary>
    public static IEnumerable<Region> Inside(this Node node) => node is ModuleNode module ? [module.Body] : node.Regions;
}
