using System.Reflection;

namespace Dlm.Dsl.Diagnostics;

/// <summary>A kind of mistake: what stays the same wherever it is made.</summary>
/// <param name="Id">DLMnnnn.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Title">What kind of mistake this is, in a few words.</param>
public sealed record DiagnosticKind(string Id, Severity Severity, string Title)
{
    /// <summary>Every kind there is, by id.</summary>
    public static IReadOnlyList<DiagnosticKind> All { get; } = typeof(DiagnosticKinds)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (DiagnosticKind)field.GetValue(null)!)
        .OrderBy(kind => kind.Id, StringComparer.Ordinal)
        .ToArray();
}

/// <summary>The catalogue. 00xx is spelling, 01xx names and arguments, 02xx shapes, 03xx figures, 06xx objectives, 07xx recipes, 08xx the project, 09xx limits.</summary>
internal static class DiagnosticKinds
{
    public static readonly DiagnosticKind UnexpectedCharacter = Error("DLM0001", "Character that has no meaning here");
    public static readonly DiagnosticKind UnterminatedString = Error("DLM0002", "Text without its closing quote");
    public static readonly DiagnosticKind NumberOutOfRange = Error("DLM0003", "Number that does not fit");
    public static readonly DiagnosticKind UnexpectedToken = Error("DLM0004", "Something else was expected");
    public static readonly DiagnosticKind UnexpectedDeclaration = Error("DLM0005", "Not a declaration");
    public static readonly DiagnosticKind Unclosed = Error("DLM0006", "Bracket that is never closed");
    public static readonly DiagnosticKind UnterminatedComment = Error("DLM0007", "Comment that is never closed");

    public static readonly DiagnosticKind UnknownName = Error("DLM0101", "Unknown name");
    public static readonly DiagnosticKind DuplicateName = Error("DLM0102", "Name declared twice");
    public static readonly DiagnosticKind UnknownArgument = Error("DLM0103", "Unknown argument");
    public static readonly DiagnosticKind MissingArgument = Error("DLM0104", "Missing argument");
    public static readonly DiagnosticKind WrongArgumentKind = Error("DLM0105", "Argument of the wrong kind");
    public static readonly DiagnosticKind ArgumentOutOfRange = Error("DLM0106", "Argument out of range");
    public static readonly DiagnosticKind UnknownType = Error("DLM0107", "Unknown type");
    public static readonly DiagnosticKind NotAStage = Error("DLM0108", "Not a stage");
    public static readonly DiagnosticKind DuplicateKey = Error("DLM0109", "Two stages with one key");
    public static readonly DiagnosticKind UnusedParameter = Warning("DLM0110", "Parameter that nothing uses");
    public static readonly DiagnosticKind NoStages = Error("DLM0111", "Nothing to compute");
    public static readonly DiagnosticKind ReservedName = Error("DLM0113", "Name that generated C# needs for itself");
    public static readonly DiagnosticKind NotInLanguage = Error("DLM0112", "Not possible in this place");
    public static readonly DiagnosticKind BlockContainsItself = Error("DLM0114", "Block that contains itself");
    public static readonly DiagnosticKind WrongInputCount = Error("DLM0115", "Wrong number of tensors");
    public static readonly DiagnosticKind RequirementFails = Error("DLM0116", "A requirement does not hold");
    public static readonly DiagnosticKind ConditionOpen = Error("DLM0117", "A choice that cannot be made when the model is made");
    public static readonly DiagnosticKind PatternWrong = Error("DLM0118", "Pattern that cannot be followed");
    public static readonly DiagnosticKind IncompleteState = Error("DLM0121", "A param or buffer without shape or beginning");
    public static readonly DiagnosticKind OptionalMissing = Error("DLM0122", "Optional input that may be missing");
    public static readonly DiagnosticKind InitMatchesNothing = Error("DLM0123", "Rule for a parameter that there is not");
    public static readonly DiagnosticKind InitUnfit = Error("DLM0124", "Initialiser that a shape does not fit");

    public static readonly DiagnosticKind UnusedValue = Warning("DLM0130", "Value that nothing uses");
    public static readonly DiagnosticKind UnusedStage = Warning("DLM0131", "Stage whose output flows nowhere");
    public static readonly DiagnosticKind UnusedUse = Warning("DLM0132", "Namespace that nothing here uses");
    public static readonly DiagnosticKind UselessSuppression = Warning("DLM0133", "Comment that disables nothing");

    public static readonly DiagnosticKind WrongRank = Error("DLM0201", "Wrong number of dimensions");
    public static readonly DiagnosticKind OutputMismatch = Error("DLM0202", "Output is not what the signature says");
    public static readonly DiagnosticKind EmptyDimension = Error("DLM0203", "A dimension would vanish");
    public static readonly DiagnosticKind Broadcast = Error("DLM0204", "Shapes that do not broadcast");
    public static readonly DiagnosticKind Indivisible = Error("DLM0205", "Not divisible");
    public static readonly DiagnosticKind WrongElementType = Error("DLM0206", "Wrong element type");
    public static readonly DiagnosticKind InputSizeUnknown = Error("DLM0207", "A layer's width must be known at build time");
    public static readonly DiagnosticKind InputMismatch = Error("DLM0208", "A block gets another shape than it takes");
    public static readonly DiagnosticKind BranchesDiffer = Error("DLM0209", "Branches with different shapes");
    public static readonly DiagnosticKind TurnChanges = Error("DLM0210", "A repeat whose shape does not settle");
    public static readonly DiagnosticKind WrongInnerSize = Error("DLM0211", "Sizes that a product needs equal");
    public static readonly DiagnosticKind ShapeNeeded = Error("DLM0212", "Another shape is needed beside the first");
    public static readonly DiagnosticKind StateChanges = Error("DLM0221", "State that changes its shape");
    public static readonly DiagnosticKind SharedLayerDiffers = Error("DLM0222", "Shared layer with other parameters");
    public static readonly DiagnosticKind TooManyIndices = Error("DLM0223", "More indices than dimensions");
    public static readonly DiagnosticKind RankUnknown = Error("DLM0224", "Number of dimensions that must be known");

    public static readonly DiagnosticKind ExpectedParameters = Error("DLM0301", "Parameter count is not as expected");
    public static readonly DiagnosticKind ExpectedMacs = Error("DLM0302", "Multiply-accumulates are not as expected");
    public static readonly DiagnosticKind ExpectedOutput = Error("DLM0303", "Output shape is not as expected");
    public static readonly DiagnosticKind FigureNotComputable = Error("DLM0304", "Figure that cannot be computed");

    public static readonly DiagnosticKind LossIndependent = Error("DLM0601", "Loss that does not depend on the network it steps");
    public static readonly DiagnosticKind FrozenStepped = Error("DLM0602", "Frozen network that is stepped");
    public static readonly DiagnosticKind NeverStepped = Error("DLM0603", "Network that nothing steps");
    public static readonly DiagnosticKind WeightsUnreached = Warning("DLM0604", "Parameters that no step reaches");
    public static readonly DiagnosticKind StopMissing = Warning("DLM0605", "Gradient that goes further than the step");
    public static readonly DiagnosticKind NotAScalar = Error("DLM0606", "Loss that is not one number");
    public static readonly DiagnosticKind LossSide = Error("DLM0607", "Loss on the wrong side of a softmax or sigmoid");
    public static readonly DiagnosticKind OuterBroadcast = Warning("DLM0608", "Each element against each");
    public static readonly DiagnosticKind StaleGraph = Error("DLM0609", "Gradient through parameters that have changed");
    public static readonly DiagnosticKind NetworksDiffer = Error("DLM0610", "Copy between networks that differ");
    public static readonly DiagnosticKind NothingMinimized = Error("DLM0611", "Objective that minimises nothing");

    public static readonly DiagnosticKind UnknownSetting = Error("DLM0700", "Unknown setting of a recipe");
    public static readonly DiagnosticKind DuplicateSetting = Error("DLM0701", "Setting made twice");
    public static readonly DiagnosticKind MissingSetting = Error("DLM0702", "Recipe that lacks a setting");
    public static readonly DiagnosticKind SettingForm = Error("DLM0703", "Setting that is written otherwise");
    public static readonly DiagnosticKind UnknownWord = Error("DLM0704", "Unknown optimizer, schedule, loss or metric");
    public static readonly DiagnosticKind SettingsDisagree = Error("DLM0705", "Settings that contradict each other");
    public static readonly DiagnosticKind PatternMatchesNothing = Error("DLM0710", "Pattern that matches no parameter");
    public static readonly DiagnosticKind PatternTaken = Error("DLM0711", "Group that is left with nothing");
    public static readonly DiagnosticKind InNoGroup = Error("DLM0712", "Parameter in no group");
    public static readonly DiagnosticKind NothingLearns = Error("DLM0713", "Nothing left to learn");
    public static readonly DiagnosticKind NotTrainable = Error("DLM0720", "Nothing that a recipe can train");
    public static readonly DiagnosticKind NotALoss = Error("DLM0721", "Not a loss of an output and a target");
    public static readonly DiagnosticKind LossUnfit = Error("DLM0722", "Loss that does not fit the output");
    public static readonly DiagnosticKind MetricUnfit = Error("DLM0723", "Metric that does not fit the loss");

    public static readonly DiagnosticKind TorchSharpMissing = Error("DLM0801", "TorchSharp is not referenced");
    public static readonly DiagnosticKind LibraryFails = Error("DLM0802", "Library that this compiler cannot read");
    public static readonly DiagnosticKind RuntimeMissing = Error("DLM0803", "Dlm.Runtime is not referenced");

    public static readonly DiagnosticKind TooDeep = Error("DLM0901", "Nested too deep");
    public static readonly DiagnosticKind TooLarge = Error("DLM0902", "Model too large to elaborate");
    public static readonly DiagnosticKind TooManyErrors = Error("DLM0903", "Too many errors");
    public static readonly DiagnosticKind InternalError = Error("DLM0999", "Fault in the compiler");

    private static DiagnosticKind Error(string id, string title) => new(id, Severity.Error, title);

    private static DiagnosticKind Warning(string id, string title) => new(id, Severity.Warning, title);
}
