using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Operators;
using Dlm.Dsl.Shapes;
using Dlm.Dsl.Text;

namespace Dlm.Dsl.Emission;

/// <summary>
/// The inside of a TorchSharp module that computes a region: a field for each stage that keeps something and for each
/// parameter that <c>forward</c> reads, a constructor that makes and registers them, and <c>forward</c>. A group is a nested class
/// of the same form.
/// </summary>
internal sealed class ModuleClass
{
    /// <summary>Members that a generated class has besides its fields.</summary>
    public static readonly string[] MemberNames =
    [
        "forward", "RegisterComponents", "FloorDivide", "ParameterCount", "MultiplyAccumulates",
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
    private readonly IReadOnlyList<ModelParameter> parameters;
    private readonly NameTable nestedNames;
    private readonly SourceText source;
    private readonly Dictionary<Node, string> fields = [];
    private readonly Dictionary<GroupNode, string> groupClasses = [];
    private readonly Dictionary<string, string> valueFields = new(StringComparer.Ordinal);
    private readonly CSharpValues constructorValues;
    private readonly CSharpValues forwardValues;

    public ModuleClass(
        string className, string moduleName, Region region, IReadOnlyList<ModelParameter> parameters, NameTable nestedNames, SourceText source)
    {
        this.className = className;
        this.moduleName = moduleName;
        this.region = region;
        this.parameters = parameters;
        this.nestedNames = nestedNames;
        this.source = source;
        var floorDivide = new NameTable(parameters.Select(p => p.Name)).Take("FloorDivide");
        constructorValues = new CSharpValues(CSharpNames.Escape, floorDivide);
        forwardValues = new CSharpValues(name => valueFields[name], floorDivide);
        NameMembers();
    }

    public string InputName { get; init; } = "input";

    public IReadOnlyList<ConstructorCheck> Checks { get; init; } = [];

    /// <summary>Whether it is the model itself, which checks its input and frees its parameters from dispose scopes.</summary>
    public bool IsOutermost { get; init; }

    public static string BaseOf(int inputs) =>
        $"{CSharpNames.Torch}.nn.Module<{string.Join(", ", Enumerable.Repeat(CSharpNames.Tensor, inputs + 1))}>";

    public void WriteBody(IndentedWriter writer)
    {
        foreach (var pair in fields)
        {
            var type = pair.Key is GroupNode group ? groupClasses[group] : $"global::TorchSharp.Modules.{((OperatorNode)pair.Key).CSharp.Name}";
            writer.Line($"private readonly {type} {pair.Value};");
        }
        foreach (var pair in valueFields) writer.Line($"private readonly {TypeOf(pair.Key)} {pair.Value};");
        if (fields.Count + valueFields.Count > 0) writer.Line();
        WriteConstructor(writer);
        writer.Line();
        new ForwardEmitter(this, region, forwardValues, source).Write(writer);
        writer.Line();
        writer.Line("/// <summary>Empty: the constructor registers everything itself, without reflection.</summary>");
        writer.Open("protected override void RegisterComponents()");
        writer.Close();
        if (constructorValues.UsesFloorDivide || forwardValues.UsesFloorDivide)
        {
            writer.Line();
            writer.Line(constructorValues.FloorDivideMethod);
        }
        foreach (var pair in groupClasses) WriteGroup(writer, pair.Key, pair.Value);
    }

    public string ModuleName => moduleName;

    public string FieldOf(Node node) => fields[node];

    /// <summary>What a local of <c>forward</c> must not be called: it would stand before the member.</summary>
    public IEnumerable<string> NamesForwardUses => [.. MemberNames, .. fields.Values, .. valueFields.Values];

    private string TypeOf(string parameter) => parameters.First(p => p.Name == parameter).Type switch
    {
        ParameterType.Int => "long",
        ParameterType.Float => "double",
        ParameterType.Bool => "bool",
        _ => "string",
    };

    private void NameMembers()
    {
        // A member may not be called as its class; in the constructor a parameter of the same name would stand before the field.
        var names = new NameTable([className, .. InheritedNames, .. MemberNames, .. parameters.Select(p => p.Name)]);
        foreach (var node in region.Nodes)
        {
            if (node is GroupNode group) groupClasses[group] = nestedNames.Take(CSharpNames.Pascal(group.Name) + "Group");
            if (node is GroupNode or OperatorNode { CSharp.Kind: CSharpFormKind.Layer }) fields[node] = names.Take("_" + (node.Key ?? node.Name));
        }
        foreach (var name in ForwardParameters().Distinct()) valueFields[name] = names.Take("_" + name);
    }

    // What forward reads of the constructor's arguments: those of functions and methods, and sizes in the input's shape.
    private IEnumerable<string> ForwardParameters()
    {
        var called = region.Nodes.OfType<OperatorNode>().Where(n => n.CSharp.Kind != CSharpFormKind.Layer).SelectMany(n => n.Parameters);
        var input = region.Input.Type.Dims.SelectMany(d => d.Symbols).Where(s => s.Kind == DimSymbolKind.Parameter).Select(s => s.Name);
        return called.Concat(region.Nodes.Count > 0 ? input : []);
    }

    private IReadOnlyList<ModelParameter> UsedParameters(IEnumerable<string> used)
    {
        var set = new HashSet<string>(used, StringComparer.Ordinal);
        return parameters.Where(p => set.Contains(p.Name)).ToArray();
    }

    private void WriteConstructor(IndentedWriter writer)
    {
        if (IsOutermost)
        {
            writer.Line("/// <summary>Makes the module with freshly drawn parameters.</summary>");
            foreach (var parameter in parameters)
            {
                writer.Line($"/// <param name=\"{parameter.Name}\">{Describe(parameter)}</param>");
            }
        }
        var list = string.Join(", ", parameters.Select(p =>
            $"{TypeOf(p.Name)} {CSharpNames.Escape(p.Name)}{(p.Default is null || !IsOutermost ? "" : $" = {constructorValues.Write(p.Default)}")}"));
        writer.Line($"{(IsOutermost ? "public" : "internal")} {className}({list})");
        writer.Open($"    : base({CSharpNames.Quote(moduleName)})");
        foreach (var check in Checks) WriteCheck(writer, check);
        foreach (var pair in valueFields) writer.Line($"{pair.Value} = {CSharpNames.Escape(pair.Key)};");
        foreach (var pair in fields) writer.Line($"{pair.Value} = {Construct(pair.Key)};");
        var register = parameters.Any(p => p.Name == "register_module") ? "this.register_module" : "register_module";
        foreach (var pair in fields.Where(f => f.Key.Key is not null))
        {
            writer.Line($"{register}({CSharpNames.Quote(pair.Key.Key!)}, {pair.Value});");
        }
        if (IsOutermost && fields.Count > 0)
        {
            writer.Line("// A dispose scope around this constructor ends before the module does.");
            var each = new NameTable(parameters.Select(p => p.Name)).Take("tensor");
            writer.Line($"foreach (var {each} in this.parameters()) {each}.DetachFromDisposeScope();");
            writer.Line($"foreach (var {each} in this.buffers()) {each}.DetachFromDisposeScope();");
        }
        writer.Close();
    }

    private string Construct(Node node)
    {
        if (node is GroupNode group)
        {
            var arguments = UsedParameters(group.Parameters).Select(p => CSharpNames.Escape(p.Name));
            return $"new {groupClasses[group]}({string.Join(", ", arguments)})";
        }
        var form = ((OperatorNode)node).CSharp;
        return $"{CSharpNames.Torch}.nn.{form.Name}({constructorValues.Arguments(form)})";
    }

    private void WriteCheck(IndentedWriter writer, ConstructorCheck check)
    {
        var size = constructorValues.Write(check.Size);
        var condition = check.Minimum is { } minimum ? $"{size} < {minimum}" : $"{size} != 0";
        var message = CSharpNames.Quote($"{moduleName}: {check.Message}.");
        var exception = check.Size.AsSymbol is { } symbol
            ? $"global::System.ArgumentOutOfRangeException({CSharpNames.Quote(symbol.Name)}, {size}, {message})"
            : $"global::System.ArgumentException({message})";
        writer.Line($"if ({condition}) throw new {exception};");
    }

    private void WriteGroup(IndentedWriter writer, GroupNode group, string groupClass)
    {
        writer.Line();
        writer.Line($"/// <summary><c>{XmlDoc.Escape(group.Key ?? group.Name)}</c>: <c>{XmlDoc.Escape(group.Body.Input.Type.ToString())} -&gt; {XmlDoc.Escape(group.Output.Type.ToString())}</c></summary>");
        writer.Open($"private sealed class {groupClass} : {BaseOf(1)}");
        new ModuleClass(groupClass, group.Key ?? group.Name, group.Body, UsedParameters(group.Parameters), nestedNames, source).WriteBody(writer);
        writer.Close();
    }

    private static string Describe(ModelParameter parameter)
    {
        var kind = SignatureBinder.OpenValue(parameter.Name, parameter.Type).Kind;
        var text = char.ToUpperInvariant(kind[0]) + kind.Substring(1);
        return parameter.Default is null ? text + "." : $"{text}, by default {XmlDoc.Escape(parameter.Default.ToString()!)}.";
    }
}
