using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Shapes;
using Dlm.Dsl.Text;

namespace Dlm.Dsl.Emission;

/// <summary>
/// The inside of a TorchSharp module that computes a region: a field for each stage that is a module and for each value that
/// <c>forward</c> reads, a constructor that makes and registers them, and <c>forward</c>. A group is a nested class of the same form.
/// </summary>
internal sealed class ModuleClass : IRegionOwner
{
    /// <summary>Members that a generated class has besides its fields.</summary>
    public static readonly string[] MemberNames =
    [
        "forward", "RegisterComponents", "FloorDivide", "ParameterCount", "MultiplyAccumulates", InfoWriter.Name, PlacementClass.Field,
    ];

    // Protected members of torch.nn.Module that a field would hide.
    private static readonly string[] InheritedNames =
    [
        "_deviceType", "_deviceIndex", "_internal_params", "_internal_buffers", "_internal_submodules", "_to", "_toEpilog", "_parameters",
        "_named_parameters", "_named_buffers",
    ];

    private readonly string className;
    private readonly string moduleName;
    private readonly Region region;
    private readonly IReadOnlyList<ConstructorName> known;
    private readonly NameTable nestedNames;
    private readonly string currentNamespace;
    private readonly SourceText source;
    private readonly NameTable members;
    private readonly Dictionary<Node, string> fields = [];
    private readonly Dictionary<Node, string> nestedClasses = [];
    private readonly HashSet<Node> inBranches = [];
    private readonly Dictionary<string, string> valueFields = new(StringComparer.Ordinal);
    private readonly NameTable constructorNames;
    private readonly CSharpValues constructorValues;
    private readonly CSharpValues forwardValues;

    public ModuleClass(
        string className, string moduleName, Region region, IReadOnlyList<ConstructorName> known, NameTable nestedNames, string currentNamespace, SourceText source)
    {
        this.className = className;
        this.moduleName = moduleName;
        this.region = region;
        this.known = known;
        this.nestedNames = nestedNames;
        this.currentNamespace = currentNamespace;
        this.source = source;
        // A member may not be called as its class; in the constructor a parameter of the same name would stand before the field.
        members = new NameTable([className, .. InheritedNames, .. MemberNames, .. known.Select(k => k.Name)]);
        var floorDivide = new NameTable(known.Select(k => k.Name)).Take("FloorDivide");
        constructorNames = new NameTable(known.Select(k => k.Name));
        constructorValues = new CSharpValues(CSharpNames.Escape, floorDivide);
        forwardValues = new CSharpValues(name => valueFields[name], floorDivide);
    }

    /// <summary>The model or block that it is; null for a group.</summary>
    public ElaboratedBlock? Block { get; init; }

    /// <summary>The device that it is placed on; null where it stays with what it is a part of.</summary>
    public Placement? Place { get; init; }

    public string ModuleName => moduleName;

    /// <inheritdoc/>
    public string FieldOf(Node node) => fields[node];

    /// <inheritdoc/>
    public bool IsInBranch(Node node) => inBranches.Contains(node) && node is not IfNode;

    /// <inheritdoc/>
    public IEnumerable<string> FieldsIn(Region piece) => InlineNodes(piece).Where(n => n is not IfNode && fields.ContainsKey(n)).Select(n => fields[n]).Distinct();

    /// <summary>The parameters of its own that a piece of <c>forward</c> reads.</summary>
    public static IEnumerable<string> ParametersIn(Region piece) => InlineNodes(piece).OfType<StateNode>().Where(n => !n.IsBuffer).Select(n => n.Name);

    /// <summary>What a local of <c>forward</c> must not be called: it would stand before the member.</summary>
    public IEnumerable<string> NamesForwardUses => ["training", .. MemberNames, .. fields.Values, .. valueFields.Values];

    public void WriteBody(IndentedWriter writer)
    {
        NameMembers(region.Nodes);
        foreach (var name in ForwardMentions().Select(ConstructorName.BaseOf).Distinct()) valueFields[name] = members.Take("_" + name);

        inBranches.UnionWith(BranchNodes(region));
        foreach (var pair in fields.Where(f => f.Key.SharesWith is null)) writer.Line($"private readonly {FieldType(pair.Key)}{(IsInBranch(pair.Key) ? "?" : "")} {pair.Value};");
        foreach (var pair in valueFields) writer.Line($"private readonly {known.First(k => k.Name == pair.Key).Type} {pair.Value};");
        if (Place is not null) writer.Line($"private readonly {CSharpNames.Torch}.Device? {PlacementClass.Field};");
        if (fields.Count + valueFields.Count > 0 || Place is not null) writer.Line();
        WriteConstructor(writer);
        writer.Line();
        new ForwardEmitter(this, region, forwardValues, source).Write(writer);
        if (Place is not null) PlacementClass.WriteMoves(writer);
        WriteEnd(writer, constructorValues.UsesFloorDivide || forwardValues.UsesFloorDivide ? constructorValues.FloorDivideMethod : null);
        WriteNestedClasses(writer);
    }

    /// <summary>The classes of the groups and repeats that were named.</summary>
    public void WriteNestedClasses(IndentedWriter writer)
    {
        foreach (var pair in nestedClasses) WriteNested(writer, pair.Key, pair.Value);
    }

    /// <summary>What every generated module ends with.</summary>
    public static void WriteEnd(IndentedWriter writer, string? floorDivideMethod)
    {
        writer.Line();
        writer.Line("/// <summary>Empty: the constructor registers everything itself, without reflection.</summary>");
        writer.Open("protected override void RegisterComponents()");
        writer.Close();
        if (floorDivideMethod is null) return;
        writer.Line();
        writer.Line(floorDivideMethod);
    }

    /// <summary>The C# type of the module that a node is.</summary>
    public string FieldType(Node node) => node switch
    {
        IfNode => "bool",
        BlockNode block => ModuleTypes.ClassOf(block.Template, currentNamespace),
        OperatorNode { CSharp.Class: not null } => $"{CSharpNames.Torch}.nn.Module<{CSharpNames.Tensor}, {CSharpNames.Tensor}>",
        OperatorNode op => $"global::TorchSharp.Modules.{op.CSharp.Name}",
        _ => nestedClasses[node],
    };

    /// <summary>The expression that makes the module that a node is.</summary>
    public string Construct(Node node, CSharpValues values, IReadOnlyList<ConstructorName> available)
    {
        switch (node)
        {
            case BlockNode block:
                return $"new {FieldType(node)}({string.Join(", ", block.ConstructorArguments.Select(a => WriteArgument(a, values)))})";
            case OperatorNode op:
                return $"{(op.CSharp.Class is null ? $"{CSharpNames.Torch}.nn." : "new ")}{op.CSharp.Name}({values.Arguments(op.CSharp)})";
            default:
                var arguments = ConstructorName.Used(available, node.Mentions).Select(k => CSharpNames.Escape(k.Name));
                return $"new {nestedClasses[node]}({string.Join(", ", arguments)})";
        }
    }

    /// <summary>Gives the module that a node is a class of its own where it needs one.</summary>
    public void NameNested(Node node, string name)
    {
        if (node is GroupNode or RepeatNode) nestedClasses[node] = nestedNames.Take(CSharpNames.Pascal(name) + (node is GroupNode ? "Group" : "Repeat"));
    }

    private static string WriteArgument(StaticValue value, CSharpValues values) =>
        value is ListValue list ? $"new long[] {{ {string.Join(", ", list.Items.Select(values.Write))} }}" : values.Write(value);

    // The nodes that run in this forward, those of choices included.
    private static IEnumerable<Node> InlineNodes(Region region) => region.Nodes.SelectMany(n => n.InlineRegions.SelectMany(InlineNodes).Prepend(n));

    // Those that the constructor makes under a condition.
    private static IEnumerable<Node> BranchNodes(Region region) =>
        region.Nodes.SelectMany(n => n.InlineRegions.SelectMany(inner => n is IfNode { Given.Count: 0 } ? InlineNodes(inner) : BranchNodes(inner)));

    private void NameMembers(IEnumerable<Node> nodes)
    {
        foreach (var node in nodes)
        {
            if (node.SharesWith is { } first)
            {
                fields[node] = fields[first];
                continue;
            }
            NameNested(node, node.Name);
            if (node is ModuleNode or RepeatNode or OperatorNode { IsLayer: true }) fields[node] = members.Take("_" + (node.Key ?? node.Name));
            if (node is IfNode { Given.Count: 0 } choice) fields[node] = members.Take("_" + (choice.Output.Name ?? "choice"));
            foreach (var inner in node.InlineRegions) NameMembers(inner.Nodes);
        }
    }

    /// <summary>The sizes that <c>forward</c> has to read off its tensors, because the constructor does not know them.</summary>
    public IEnumerable<string> RuntimeSizes =>
        FunctionMentions().Where(name => region.Inputs.SelectMany(i => i.Type.Dims).Any(d => d.AsSymbol is { Kind: not DimSymbolKind.Parameter } s && s.Name == name)).Except(known.Select(k => k.Name)).Distinct();

    private IEnumerable<string> FunctionMentions() => InlineNodes(region).SelectMany(n => n switch
    {
        OperatorNode { IsLayer: false } or ExternNode => n.Mentions,
        LoopNode loop => loop.CountMentions,
        _ => [],
    });

    // What forward reads of the constructor's arguments: those of functions and methods, and sizes in a model's input.
    private IEnumerable<string> ForwardMentions()
    {
        var called = FunctionMentions().Where(name => known.Any(k => k.Name == ConstructorName.BaseOf(name)));
        if (Block is not { IsModel: true }) return called;
        var sizes = region.Inputs.SelectMany(i => i.Type.Dims).SelectMany(d => d.Symbols).Concat(Block.InputChecks.SelectMany(c => Condition.SymbolsOf(c.Condition)));
        return called.Concat(sizes.Where(s => s.Kind == DimSymbolKind.Parameter).Select(s => s.Name)).Concat(Block.InputChecks.SelectMany(c => c.Condition.Parameters));
    }

    private void WriteConstructor(IndentedWriter writer)
    {
        if (Block is not null)
        {
            writer.Line("/// <summary>Makes the module with freshly drawn parameters.</summary>");
            foreach (var name in known) writer.Line($"/// <param name=\"{name.Name}\">{(name.Parameter is { } parameter ? ConstructorName.Describe(parameter) : "The size of what flows in.")}</param>");
        }
        var list = string.Join(", ", known.Select(k =>
            $"{k.Type} {CSharpNames.Escape(k.Name)}{(Block is null || k.Parameter?.Default is not { } value || value is ListValue ? "" : $" = {constructorValues.Write(value)}")}"));
        writer.Line($"{(Block is null ? "internal" : "public")} {className}({list})");
        writer.Open($"    : base({CSharpNames.Quote(moduleName)})");
        foreach (var name in known.Where(k => Block is not null && k.Parameter is { Type: ParameterType.IntList })) ClaimText.WriteLengthCheck(writer, moduleName, name.Parameter!);
        foreach (var check in Block?.Checks ?? []) ClaimText.WriteCheck(writer, moduleName, check, constructorValues);
        foreach (var pair in valueFields) writer.Line($"{pair.Value} = {CSharpNames.Escape(pair.Key)};");
        WriteModules(writer, region.InOrder);
        new InitWriter(region.Init, constructorNames, constructorValues).Write(writer, "this");
        if (Place is not null)
        {
            writer.Line($"{PlacementClass.Field} = {PlacementClass.Find(Place, constructorValues)};");
            writer.Line($"if ({PlacementClass.Field} is not null) base._to({PlacementClass.Field}.type, {PlacementClass.Field}.index, false);");
        }
        if (Block is not null && InlineNodes(region).Any(n => n is StateNode || fields.ContainsKey(n)))
        {
            var each = constructorNames.Take("tensor");
            writer.Line("// A dispose scope around this constructor ends before the module does.");
            writer.Line($"foreach (var {each} in this.parameters()) {each}.DetachFromDisposeScope();");
            writer.Line($"foreach (var {each} in this.buffers()) {each}.DetachFromDisposeScope();");
        }
        writer.Close();
    }

    private void WriteModules(IndentedWriter writer, IReadOnlyList<Node> nodes)
    {
        foreach (var node in nodes)
        {
            switch (node)
            {
                case { SharesWith: not null }:
                    break;
                case StateNode state:
                    new StateWriter(this, state, constructorNames, constructorValues, source).Write(writer);
                    break;
                case IfNode { Condition: { } condition } choice:
                    writer.Line($"{fields[node]} = {constructorValues.Write(condition)};");
                    WriteBranch(writer, $"if ({fields[node]})", choice.WhenTrue);
                    WriteBranch(writer, $"if (!{fields[node]})", choice.WhenFalse);
                    break;
                case not null when fields.TryGetValue(node, out var field):
                    writer.Line($"{field} = {Construct(node, constructorValues, known)};");
                    if (node.Key is not null) writer.Line($"{Register(known)}({CSharpNames.Quote(node.Key)}, {field});");
                    break;
                default:
                    foreach (var inner in node!.InlineRegions) WriteModules(writer, inner.Nodes);
                    break;
            }
        }
    }

    /// <summary>The method that registers a module, where a parameter may be called the same.</summary>
    public static string Register(IReadOnlyList<ConstructorName> known) =>
        known.Any(k => k.Name == "register_module") ? "this.register_module" : "register_module";

    private void WriteBranch(IndentedWriter writer, string condition, Region branch)
    {
        if (!InlineNodes(branch).Any(n => n is StateNode || fields.ContainsKey(n))) return;
        writer.Open(condition);
        WriteModules(writer, branch.Nodes);
        writer.Close();
    }

    private void WriteNested(IndentedWriter writer, Node node, string nestedClass)
    {
        writer.Line();
        var shapes = $"{string.Join(", ", node.Inputs.Select(i => i.Type))} -> {string.Join(", ", node.Outputs.Select(o => o.Type))}";
        writer.Line($"/// <summary><c>{XmlDoc.Escape(node.Key ?? node.Name)}</c>: <c>{XmlDoc.Escape(shapes)}</c></summary>");
        var used = ConstructorName.Used(known, node.Mentions);
        if (node is RepeatNode repeat)
        {
            new RepeatClass(nestedClass, repeat, used, currentNamespace, source).Write(writer);
            return;
        }
        var group = (GroupNode)node;
        var body = group.Body;
        writer.Open($"private sealed class {nestedClass} : {ModuleTypes.BaseOf(body, [])}");
        new ModuleClass(nestedClass, node.Key ?? node.Name, body, used, nestedNames, currentNamespace, group.Source ?? source) { Place = group.Place }.WriteBody(writer);
        writer.Close();
    }
}
