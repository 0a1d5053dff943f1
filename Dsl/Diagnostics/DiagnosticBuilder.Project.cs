namespace Dlm.Dsl.Diagnostics;

internal readonly partial struct DiagnosticBuilder
{
    public void TorchSharpMissing() =>
        Report(DiagnosticKinds.TorchSharpMissing,
            "Models are compiled to TorchSharp modules, and this project does not reference TorchSharp. Add it: dotnet add package TorchSharp-cpu");

    public void RuntimeMissing(string name) =>
        Report(DiagnosticKinds.RuntimeMissing,
            $"'{name}' is compiled to C# over Dlm.Runtime, and this project does not reference it. Add it: dotnet add package Dlm.Runtime");

    public void LibraryFails(string name, string path) =>
        Report(DiagnosticKinds.LibraryFails,
            $"'{name}' comes from a referenced library, and this compiler cannot read it in {path}. Build the library with the same version of Dlm.Generator as this project.");

    public void InternalError(string what) =>
        Report(DiagnosticKinds.InternalError,
            $"The compiler failed on this file: {what} The fault is in the compiler; please report it with the file. The other files are compiled.");
}
