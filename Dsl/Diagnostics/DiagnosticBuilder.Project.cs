namespace Dlm.Dsl.Diagnostics;

internal readonly partial struct DiagnosticBuilder
{
    public void TorchSharpMissing() =>
        Report(DiagnosticKinds.TorchSharpMissing,
            "Models are compiled to TorchSharp modules, and this project does not reference TorchSharp. Add it: dotnet add package TorchSharp-cpu");

    public void InternalError(string what) =>
        Report(DiagnosticKinds.InternalError,
            $"The compiler failed on this file: {what} The fault is in the compiler; please report it with the file. The other files are compiled.");
}
