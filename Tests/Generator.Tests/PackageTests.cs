using System.Text.Json;
using Dlm.Generator.Tests.Harness;

namespace Dlm.Generator.Tests;

/// <summary>What somebody meets who adds the package to a project.</summary>
public sealed class PackageTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("dlm-package").FullName;

    [Fact]
    public async Task AProjectThatAddsThePackageCompilesItsModels()
    {
        await Pack();
        Write("nuget.config", """
            <configuration>
              <packageSources><clear /><add key="here" value="feed" /></packageSources>
              <config><add key="globalPackagesFolder" value="packages" /></config>
            </configuration>
            """);
        Write("App.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <RootNamespace>My-App</RootNamespace>
                <Nullable>enable</Nullable>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Dlm.Generator" Version="*" />
                <Reference Include="TorchSharp" HintPath="{typeof(TorchSharp.torch).Assembly.Location}" />
              </ItemGroup>
            </Project>
            """);
        Write("Good.dlm", "model Good(classes: int = 10) : [B, 4] -> [B, classes] { linear(classes) }\n");
        Write("Models/Bad.dlm", """

            model Bad : [B, 4] -> [B, 2] {
              lineer(2)
            }

            """);
        Write("bin/Stale.dlm", "this is no model\n");
        Write("Use.cs", "public static class Use { public static My_App.Good Make() => new(classes: 3); }\n");

        var (failed, log) = await Build();
        Assert.Equal(1, failed);
        Assert.Contains("/Models/Bad.dlm(3,3): error DLM0101: ", log);
        Assert.Contains("linear", log);
        Assert.Contains("1 Error(s)", log);

        File.Delete(Path.Combine(folder, "Models/Bad.dlm"));
        (failed, log) = await Build();
        Assert.True(failed == 0, log);
        Assert.Contains("0 Warning(s)", log);

        File.Delete(Path.Combine(folder, "Good.dlm"));
        (failed, log) = await Build();
        Assert.Equal(1, failed);
        Assert.Contains("error CS0246: The type or namespace name 'My_App'", log);

        Write("Good.dlm", "");
        Assert.Equal(["AdditionalFiles Good.dlm", "UpToDateCheckInput Good.dlm", "Watch Good.dlm"], await Items());
        Assert.Empty(await Items("-p:EnableDefaultDlmItems=false"));
    }

    /// <summary>A block of another project, by a reference to the project and then to the package that it packs.</summary>
    [Fact]
    public async Task BlocksOfALibraryAreFoundByTheFilesItShips()
    {
        await Pack();
        Write("nuget.config", """
            <configuration>
              <packageSources><clear /><add key="here" value="feed" /></packageSources>
              <config><add key="globalPackagesFolder" value="packages" /></config>
            </configuration>
            """);
        Write("Layers/Layers.csproj", Project("<Version>1.0.0</Version><PackageId>Acme.Layers</PackageId><RootNamespace>Acme.Layers</RootNamespace><NoWarn>NU5128</NoWarn>", ""));
        Write("Layers/Nets/Base.dlm", "block Base(width: int) : (x: [B, D]) -> [B, width] { linear(width) }\n");
        // Between the two: what it uses of the first its own users need too.
        Write("Middle/Middle.csproj", Project("<RootNamespace>Acme.Middle</RootNamespace>", "<ProjectReference Include=\"../Layers/Layers.csproj\" />"));
        Write("Middle/Layer.dlm", "use Acme.Layers\nblock Layer(width: int) : (x: [B, D]) -> [B, width] { Base(width) -> relu }\n");
        Write("App/App.csproj", Project("", "<ProjectReference Include=\"../Middle/Middle.csproj\" />"));
        Write("App/Net.dlm", "use Acme.Middle\nuse Acme.Layers\nmodel Net : [B, 4] -> [B, 2] {\n  Layer(8)\n  Base(2)\n}\n");
        Write("App/Use.cs", "public static class Use { public static App.Net Make() => new(); }\n");

        var (failed, log) = await Build("App");
        Assert.True(failed == 0, log);
        Assert.Contains("0 Warning(s)", log);

        (failed, log) = await Dotnet.Run(folder, "pack", "Layers", "--no-build", "--configuration", "Debug", "-nodeReuse:false", "--output", "feed");
        Assert.True(failed == 0, log);
        Write("App/App.csproj", Project("", "<PackageReference Include=\"Acme.Layers\" Version=\"1.0.0\" />"));
        Write("App/Net.dlm", "use Acme.Layers\nmodel Net : [B, 4] -> [B, 2] {\n  Base(8)\n  Base(2)\n}\n");
        (failed, log) = await Build("App");
        Assert.True(failed == 0, log);
        Assert.Contains("0 Warning(s)", log);
    }

    private static string Project(string properties, string items) => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            {properties}
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Dlm.Generator" Version="*" PrivateAssets="all" />
            <Reference Include="TorchSharp" HintPath="{typeof(TorchSharp.torch).Assembly.Location}" Private="false" />
            {items}
          </ItemGroup>
        </Project>
        """;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private async Task Pack()
    {
        var project = Path.Combine(Dotnet.Repository, "Generator");
        var (failed, log) = await Dotnet.Run(
            project, "pack", "--no-build", "-nodeReuse:false", "--configuration", Dotnet.Configuration, "--output", Path.Combine(folder, "feed"));
        Assert.True(failed == 0, log);
    }

    /// <summary>What compilers, editors and watchers are told of the project's files.</summary>
    private async Task<IEnumerable<string>> Items(params string[] arguments)
    {
        var (failed, json) = await Dotnet.Run(
            folder, ["msbuild", "-nologo", "-nodeReuse:false", "-getItem:AdditionalFiles,UpToDateCheckInput,Watch", .. arguments]);
        Assert.True(failed == 0, json);
        return JsonDocument.Parse(json).RootElement.GetProperty("Items")
            .EnumerateObject()
            .SelectMany(kind => kind.Value.EnumerateArray(), (kind, item) => $"{kind.Name} {item.GetProperty("Identity")}");
    }

    private Task<(int ExitCode, string Output)> Build(string project = ".") => Dotnet.Run(folder, "build", project, "--nologo", "--tl:off", "-maxcpucount:1", "-nodeReuse:false", "-p:UseSharedCompilation=false");

    private void Write(string name, string text)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
