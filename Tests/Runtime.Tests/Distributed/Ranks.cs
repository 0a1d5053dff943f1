using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using Dlm.Runtime.Distributed;

namespace Dlm.Runtime.Tests.Distributed;

/// <summary>Processes that work together: the test program itself, started several times with what a launcher would set.</summary>
internal sealed class Ranks : IDisposable
{
    /// <summary>The word that makes the test program a rank.</summary>
    public const string Word = "rank";

    private readonly Process[] _processes;
    private readonly Task<string>[] _outputs;
    private readonly Task<string>[] _errors;

    private Ranks(Process[] processes)
    {
        _processes = processes;
        _outputs = [.. processes.Select(process => process.StandardOutput.ReadToEndAsync())];
        _errors = [.. processes.Select(process => process.StandardError.ReadToEndAsync())];
    }

    /// <summary>The processes, by rank.</summary>
    public IReadOnlyList<Process> Processes => _processes;

    /// <summary>In the child: plays a part of <see cref="Parts"/>, and ends as a program should.</summary>
    public static int Play(string part, string[] arguments)
    {
        try
        {
            using ProcessGroup group = ProcessGroup.FromEnvironment(TimeSpan.FromSeconds(60));
            Parts.All[part](group, arguments);
            return 0;
        }
        catch (Exception e)
        {
            if (e is not DistributedException { SaidElsewhere: true }) Console.Error.WriteLine(e.Message);
            return 1;
        }
    }

    /// <summary>In the parent: starts ranks that play a part.</summary>
    public static Ranks Start(int count, string part, params string[] arguments)
    {
        Assert.SkipWhen(ProcessGroup.WhyMissing is not null, $"no groups of processes: {ProcessGroup.WhyMissing}");
        int port = FreePort();
        return new Ranks([.. Enumerable.Range(0, count).Select(rank => Start(Command(part, arguments), new()
        {
            ["RANK"] = Text(rank), ["LOCAL_RANK"] = Text(rank), ["WORLD_SIZE"] = Text(count), ["LOCAL_WORLD_SIZE"] = Text(count), ["MASTER_ADDR"] = "127.0.0.1", ["MASTER_PORT"] = Text(port),
        }))]);
    }

    /// <summary>In the parent: a launcher starts ranks that play a part.</summary>
    public static Ranks Start(string launcher, string[] options, string part, params string[] arguments) =>
        new([Start([launcher, .. options, .. Command(part, arguments)], [])]);

    /// <summary>Waits for all of them, for at most <paramref name="time"/>.</summary>
    /// <returns>What each wrote, and what it ended with.</returns>
    public async Task<(int Status, string Output, string Error)[]> End(TimeSpan? time = null)
    {
        using CancellationTokenSource late = new(time ?? TimeSpan.FromSeconds(60));
        await Task.WhenAll(_processes.Select(process => process.WaitForExitAsync(late.Token)));
        string[] outputs = await Task.WhenAll(_outputs), errors = await Task.WhenAll(_errors);
        return [.. _processes.Select((process, rank) => (process.ExitCode, outputs[rank].TrimEnd(), errors[rank].TrimEnd()))];
    }

    /// <summary>Waits for all of them, and requires that all went well.</summary>
    /// <returns>What each wrote.</returns>
    public async Task<string[]> Outputs()
    {
        var ends = await End();
        Assert.All(ends, end => Assert.True(end.Status == 0, $"status {end.Status}: {end.Error}\n{end.Output}"));
        return [.. ends.Select(end => end.Output)];
    }

    public void Dispose()
    {
        foreach (Process process in _processes)
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            process.Dispose();
        }
    }

    public static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string[] Command(string part, string[] arguments)
    {
        string program = Environment.ProcessPath!;
        string[] assembly = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [Assembly.GetExecutingAssembly().Location] : [];
        return [program, .. assembly, Word, part, .. arguments];
    }

    private static Process Start(string[] command, Dictionary<string, string> environment)
    {
        // One thread each: there are more ranks than processors here.
        ProcessStartInfo start = new(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["OMP_NUM_THREADS"] = "1" } };
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
