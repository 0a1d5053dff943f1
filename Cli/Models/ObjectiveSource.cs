using Dlm.Cli.Files;
using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Syntax;

namespace Dlm.Cli.Models;

/// <summary>An objective that a command was asked about.</summary>
/// <param name="Objective">The objective, with its networks.</param>
/// <param name="Path">Its file, as the user would write it.</param>
internal sealed record ObjectiveSource(ElaboratedObjective Objective, string Path)
{
    internal required Workspace Workspace { get; init; }

    internal required string FullPath { get; init; }

    /// <summary>Finds it as a model is found; null where no objective has the name.</summary>
    public static ObjectiveSource? Find(string reference, CommandHost host)
    {
        var (path, name) = ModelSource.Split(reference, host);
        if (name is null) return null;
        var workspace = new Workspace(SourceFinder.Find([path ?? "."], host), host);
        string[] files = [.. workspace.Files.Where(file => workspace.Parsed(file).Syntax.Declarations.OfType<ObjectiveSyntax>().Any(o => o.Name.Text == name))];
        if (files.Length == 0) return null;
        if (files.Length > 1) throw new CommandException($"There are {files.Length} objectives '{name}'. Name one: {string.Join(", ", files.Select(file => $"{host.Shown(file)}:{name}"))}");
        var elaborated = workspace.Elaborate(files[0]);
        if (elaborated.Objectives.FirstOrDefault(o => o.Name == name) is { } objective) return new ObjectiveSource(objective, host.Shown(files[0])) { Workspace = workspace, FullPath = files[0] };
        var errors = elaborated.Diagnostics.Where(d => d.Severity == Severity.Error).ToArray();
        throw new CommandException(errors.Length > 0
            ? $"'{name}' has errors.\n{string.Join("\n", errors.Select(e => e.ToString()))}"
            : $"'{name}' is a pattern: it has a network of any model. Test a member, such as: objective Mine = {name}(...)");
    }
}
