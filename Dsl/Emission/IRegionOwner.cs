using Dlm.Dsl.Elaboration;

namespace Dlm.Dsl.Emission;

/// <summary>The class that the stages of a region are written into.</summary>
internal interface IRegionOwner
{
    /// <summary>What stands for the module that a node is, or decides a choice.</summary>
    string FieldOf(Node node);

    /// <summary>Whether the constructor makes it only where a condition holds.</summary>
    bool IsInBranch(Node node);

    /// <summary>The modules that a piece of <c>forward</c> calls.</summary>
    IEnumerable<string> FieldsIn(Region piece);
}
