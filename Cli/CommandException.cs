namespace Dlm.Cli;

/// <summary>What keeps a command from doing what it was asked to: a file that is not there, a model that nobody declares. Ends with status 2.</summary>
internal sealed class CommandException(string message) : Exception(message);
