namespace Dlm.Generator;

/// <summary>The names of the pipeline's steps, by which tests ask what ran again.</summary>
internal static class Steps
{
    public const string Runtime = nameof(Runtime);
    public const string Options = nameof(Options);
    public const string Files = nameof(Files);
    public const string Summaries = nameof(Summaries);
    public const string Index = nameof(Index);
    public const string Project = nameof(Project);
    public const string Inputs = nameof(Inputs);
    public const string Compiled = nameof(Compiled);
    public const string Sources = nameof(Sources);
    public const string Diagnostics = nameof(Diagnostics);
    public const string Torch = nameof(Torch);
    public const string Missing = nameof(Missing);
}
