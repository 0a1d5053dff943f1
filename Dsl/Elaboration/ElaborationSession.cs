using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Operators;
using Dlm.Dsl.Shapes;

namespace Dlm.Dsl.Elaboration;

/// <summary>
/// What the elaboration of one file shares: the declarations it sees, what has been elaborated already, and how much work is
/// left. The compiler runs in an editor, so every file, however hostile, ends after bounded work.
/// </summary>
internal sealed class ElaborationSession(DeclarationTable declarations, DiagnosticBag diagnostics)
{
    // ResNet-1202 takes a few thousand: a block with the same arguments and inputs is elaborated once.
    private const int MostNodes = 20_500;

    // A model costs more than its stages: a signature, keys, figures.
    private const int NodesOfModel = 2;

    /// <summary>The longest loop that is unrolled.</summary>
    public const long MostTurns = 10_000;

    // The largest graph, and all graphs of a file together, with what is inside of blocks counted each time they are called.
    private const long MostSize = 500_000;

    private const int MostBlocksDeep = 60;

    private readonly Dictionary<string, BlockElaboration?> elaborated = new(StringComparer.Ordinal);
    private readonly Dictionary<Declaration, ElaboratedBlock?> templates = [];
    private readonly Dictionary<Declaration, FamilyMember?> families = [];
    private readonly Dictionary<ParsedFile, DeclarationTable> tables = [];
    private readonly Stack<Declaration> open = new();
    private readonly Stack<string> places = new();
    private readonly HashSet<Declaration> resolving = [];
    private int nodes;
    private long size;

    public DeclarationTable Declarations { get; } = declarations;

    /// <summary>Counts a declaration that is elaborated.</summary>
    public void CountModel()
    {
        nodes += NodesOfModel;
        if (nodes > MostNodes) throw new TooLargeException($"and what stands before it have more than {MostNodes} stages that differ", "Put some of them into another file");
    }

    /// <summary>Counts a node.</summary>
    public void Count(Node node)
    {
        if (node.Size > MostSize) throw new TooLargeException($"has more than {MostSize} stages", "Make its repeats smaller");
        if (++nodes > MostNodes) throw new TooLargeException($"has more than {MostNodes} stages that differ", "Make its repeats smaller");
    }

    /// <summary>Counts the graph of a model, whose figures are summed up stage by stage.</summary>
    public void Count(Region model)
    {
        size += model.Size;
        if (size > MostSize) throw new TooLargeException($"and the models before it have more than {MostSize} stages together", "Put some of them into another file");
    }

    /// <summary>The declarations that the file of <paramref name="declaration"/> sees.</summary>
    public DeclarationTable TableOf(Declaration declaration)
    {
        if (ReferenceEquals(declaration.File, Declarations.File)) return Declarations;
        if (!tables.TryGetValue(declaration.File, out var table)) tables[declaration.File] = table = Declarations.Of(declaration.File);
        return table;
    }

    /// <summary>The model or block with a body that a declaration stands for; null where it has none.</summary>
    public FamilyMember? Resolve(Declaration declaration)
    {
        if (families.TryGetValue(declaration, out var known)) return known;
        if (resolving.Count >= MostBlocksDeep) throw new TooLargeException($"is a family of a family more than {MostBlocksDeep} deep", "Name the model with the body itself");
        resolving.Add(declaration);
        var isOwn = ReferenceEquals(declaration.File, Declarations.File);
        var family = FamilyMember.Resolve(declaration, this, isOwn ? diagnostics : new DiagnosticBag(declaration.File.Source));
        resolving.Remove(declaration);
        return families[declaration] = family;
    }

    /// <summary>Whether the family of a declaration is being followed right now: then it leads back to itself.</summary>
    public bool IsResolving(Declaration declaration) => resolving.Contains(declaration);

    /// <summary>The block with these arguments and inputs, elaborated once.</summary>
    public BlockElaboration? Elaborate(string key, Declaration declaration, Func<BlockElaboration?> elaborate)
    {
        if (elaborated.TryGetValue(key, out var known)) return known;
        using (Enter(declaration)) return elaborated[key] = elaborate();
    }

    /// <summary>The block with everything open, elaborated once.</summary>
    public ElaboratedBlock? Template(Declaration declaration, Func<ElaboratedBlock?> elaborate)
    {
        if (templates.TryGetValue(declaration, out var known)) return known;
        using (Enter(declaration)) return templates[declaration] = elaborate();
    }

    /// <summary>Whether the block is being elaborated right now: then it contains itself.</summary>
    public bool IsOpen(Declaration declaration) => open.Contains(declaration);

    /// <summary>Where in the model the elaboration is: "layer2[0].downsample".</summary>
    public string Place => string.Concat(places.Reverse().Select((name, i) => i > 0 && name[0] != '[' ? "." + name : name));

    /// <summary>Goes into a stage of this name, or nowhere for null, until the result is disposed.</summary>
    public IDisposable? Enter(string? name)
    {
        if (name is null) return null;
        places.Push(name);
        return new Leaving<string>(places);
    }

    /// <summary>Goes into a declaration until the result is disposed.</summary>
    public IDisposable Enter(Declaration declaration)
    {
        if (open.Count >= MostBlocksDeep) throw new TooLargeException($"has blocks inside of blocks more than {MostBlocksDeep} deep", "Make its chain of blocks shorter");
        open.Push(declaration);
        return new Leaving<Declaration>(open);
    }

    private sealed class Leaving<T>(Stack<T> stack) : IDisposable
    {
        public void Dispose() => stack.Pop();
    }
}

/// <summary>A block with given arguments and inputs.</summary>
/// <param name="Body">The graph.</param>
/// <param name="Sizes">What the dimensions that its inputs bind are.</param>
/// <param name="ResultNames">What its results are called, where there are several.</param>
/// <param name="UsedParameters">The parameters that its body mentions.</param>
internal sealed record BlockElaboration(
    Region Body, IReadOnlyDictionary<string, Dim> Sizes, IReadOnlyList<string> ResultNames, ISet<string> UsedParameters)
{
    /// <summary>The sizes of the caller that its layers are made with.</summary>
    public IReadOnlyList<string> Promoted { get; init; } = [];

    /// <summary>What remains to be checked of the caller's parameters and sizes.</summary>
    public IReadOnlyList<Claim> Claims { get; init; } = [];
}
