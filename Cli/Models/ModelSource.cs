using Dlm.Cli.Files;
using Dlm.Dsl.Analysis;
using Dlm.Dsl;
using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Shapes;

namespace Dlm.Cli.Models;

/// <summary>A model that a command was asked about, with the arguments it was given.</summary>
/// <param name="Model">The model with these arguments.</param>
/// <param name="Path">Its file, as the user would write it.</param>
internal sealed record ModelSource(ElaboratedModel Model, string Path)
{
    internal required Workspace Workspace { get; init; }

    internal required string FullPath { get; init; }

    internal required string Target { get; init; }

    internal required string Arguments { get; init; }

    /// <summary>
    /// Finds <c>Name</c> in the files below the current folder, or <c>file.dlm:Name</c>, or the only model of <c>file.dlm</c>.
    /// </summary>
    public static ModelSource Find(string reference, IReadOnlyList<string> arguments, CommandHost host)
    {
        var (path, name) = Split(reference, host);
        var workspace = new Workspace(SourceFinder.Find([path ?? "."], host), host);
        var candidates = workspace.Files.SelectMany(file => workspace.Parsed(file).Syntax.Declarations
            .OfType<Dsl.Syntax.ModelSyntax>().Where(m => m.IsModel && !m.Name.IsMissing).Select(m => (File: file, Name: m.Name.Text))).ToArray();
        var found = candidates.Where(c => name is null || c.Name == name).ToArray();
        if (found.Length != 1) throw new CommandException(Unclear(reference, name, path, found, candidates, host));
        return Elaborate(workspace, found[0].File, found[0].Name, arguments, host);
    }

    /// <summary>Whether it compiles with the open sizes of its inputs fixed; says what is wrong where not.</summary>
    public string? Refusal(SizeTable sizes)
    {
        var inputs = Model.AtDefaults.Inputs.Select((input, i) => (Name: $"in{i}", Type: sizes.Of(input.Type))).ToArray();
        var flow = inputs.Length == 1 ? inputs[0].Name : $"({string.Join(", ", inputs.Select(i => i.Name))})";
        var outputs = Model.AtDefaults.Results.Select((r, i) => $"out{i}: {new TensorType(r.Type.Element, default)}".TrimEnd(']') + string.Join(", ", r.Type.Dims.Select(_ => "_")) + "]");
        // A block among the arguments can be given to a model of its own, not to a stage.
        var member = Arguments.Length == 0 ? "" : $"model Member_ = {Target}{Arguments}\n";
        var text = $"{member}model Dlm_ : ({string.Join(", ", inputs.Select(i => $"{i.Name}: {i.Type}"))}) -> ({string.Join(", ", outputs)}) {{ {flow} -> {(member.Length == 0 ? Target : "Member_")} }}";
        return ErrorOf(Probe(Workspace, FullPath, text));
    }

    /// <summary>The C# of its file, of those it needs, and of the model with the arguments it was given; and where its class is.</summary>
    public (IReadOnlyList<CompiledFile> Files, string Namespace, string Class) Compile()
    {
        var probe = Arguments.Length == 0 ? null : ProbeOf(Workspace, FullPath, $"model Tested_ = {Target}{Arguments}");
        var (files, @namespace) = Workspace.CompileWithImports(FullPath, probe);
        return (files, @namespace, probe is null ? Target : "Tested_");
    }

    private static ModelSource Elaborate(Workspace workspace, string file, string name, IReadOnlyList<string> arguments, CommandHost host)
    {
        ElaboratedModel? model;
        var given = "";
        if (arguments.Count == 0)
        {
            var elaborated = workspace.Elaborate(file);
            model = elaborated.Models.FirstOrDefault(m => m.Name == name);
            if (model is null && elaborated.Diagnostics.Where(d => d.Severity == Severity.Error).ToArray() is { Length: > 0 } errors)
            {
                throw new CommandException($"'{name}' has errors.\n{string.Join("\n", errors.Select(e => e.ToString()))}");
            }
            if (model is null) throw new CommandException($"'{name}' is a pattern: it has a parameter that takes a block, and no default for it. Give it: --arg unit=Block");
        }
        else
        {
            given = $"({string.Join(", ", arguments.Select(Argument))})";
            var elaborated = Probe(workspace, file, $"model Dlm_ = {name}{given}");
            model = elaborated.Models.FirstOrDefault();
            if (model is null) throw new CommandException($"{name}{given}: {ErrorOf(elaborated)}");
            model = model with { Class = model.Class with { Name = name } };
        }
        return new ModelSource(model, host.Shown(file)) { Workspace = workspace, FullPath = file, Target = name, Arguments = given };
    }

    // Elaborated as if it were one more file beside the model's, so that arguments are what the language takes.
    private static ElaboratedFile Probe(Workspace workspace, string file, string text) => workspace.ElaborateBeside(file, ProbeOf(workspace, file, text));

    private static ParsedFile ProbeOf(Workspace workspace, string file, string text)
    {
        var @namespace = workspace.Parsed(file).Syntax.Namespace?.Name.Text;
        var uses = string.Concat(workspace.Parsed(file).Syntax.Uses.Select(u => $"use {u.Name.Text}\n"));
        return DlmCompiler.Parse("\uFFFFprobe.dlm", $"{(@namespace is null ? "" : $"namespace {@namespace}\n")}{uses}{text}\n");
    }

    private static string? ErrorOf(ElaboratedFile file) => file.Diagnostics.FirstOrDefault(d => d.Severity == Severity.Error)?.Message;

    private static string Argument(string text) => text.Split('=', 2) is [var name, var value] && name.Trim().Length > 0 && value.Trim().Length > 0
        ? $"{name.Trim()}: {value.Trim()}"
        : throw new CommandException($"'--arg {text}' is not of the form --arg name=value.");

    internal static (string? Path, string? Name) Split(string reference, CommandHost host)
    {
        if (File.Exists(host.FullPath(reference)) || Directory.Exists(host.FullPath(reference))) return (reference, null);
        var colon = reference.LastIndexOf(':');
        return colon > 0 ? (reference[..colon], reference[(colon + 1)..]) : (null, reference);
    }

    private static string Unclear(
        string reference, string? name, string? path, (string File, string Name)[] found, (string File, string Name)[] all, CommandHost host)
    {
        var where = path is null ? "below this folder" : $"in {path}";
        if (all.Length == 0) return $"There is no model {where}.";
        if (found.Length == 0) return $"There is no model '{name}' {where}. There {(all.Length == 1 ? "is" : "are")} {string.Join(", ", all.Select(c => c.Name).Distinct().Order(StringComparer.Ordinal))}.";
        return name is null
            ? $"'{reference}' has {found.Length} models. Name one: {string.Join(", ", found.Select(c => $"{path}:{c.Name}"))}"
            : $"There are {found.Length} models '{name}'. Name one: {string.Join(", ", found.Select(c => $"{host.Shown(c.File)}:{name}"))}";
    }
}
