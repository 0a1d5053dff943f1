using System.Globalization;

namespace Dlm.Runtime.Distributed;

/// <summary>What a launcher tells each process it starts: who it is among how many, and where they meet.</summary>
/// <param name="Rank">Which process this is, counted from 0.</param>
/// <param name="Size">How many there are.</param>
/// <param name="LocalRank">Which one it is on this machine.</param>
/// <param name="LocalSize">How many there are on this machine, where that is told.</param>
/// <param name="Address">The machine they meet on.</param>
/// <param name="Port">The port they meet on.</param>
/// <param name="Launcher">Who started them.</param>
/// <param name="Prefix">Keeps the words of this start apart from those of others that share a store.</param>
/// <param name="LauncherKeepsStore">Whether the launcher itself keeps the store; else the first process does.</param>
internal sealed record LaunchEnvironment(int Rank, int Size, int LocalRank, int? LocalSize, string Address, int Port, string Launcher, string Prefix = "", bool LauncherKeepsStore = false)
{
    private const int UsualPort = 29500; // torchrun's

    /// <summary>Whether all of them are on this machine.</summary>
    public bool IsLocal => LocalSize == Size || Address is "localhost" or "127.0.0.1" or "::1";

    /// <summary>Reads the environment; null where no launcher has spoken.</summary>
    /// <param name="variable">The value of a variable, if it is set.</param>
    /// <exception cref="DistributedException">Something is missing or makes no sense.</exception>
    public static LaunchEnvironment? Read(Func<string, string?> variable)
    {
        Reader read = new(variable);
        LaunchEnvironment? found =
            read.Has("RANK") || read.Has("WORLD_SIZE") ? FromTorchrun(read)
            : read.Has("OMPI_COMM_WORLD_RANK") ? FromMpi(read, "OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE", "OMPI_COMM_WORLD_LOCAL_RANK", "OMPI_COMM_WORLD_LOCAL_SIZE")
            : read.Has("PMI_RANK") ? FromMpi(read, "PMI_RANK", "PMI_SIZE", "MPI_LOCALRANKID", "MPI_LOCALNRANKS")
            : read.Has("SLURM_STEP_ID") && read.Has("SLURM_PROCID") ? FromSlurm(read) // without a step it is the batch script itself, once
            : null;
        if (found is null || (found.Rank >= 0 && found.Rank < found.Size)) return found;
        throw new DistributedException($"{found.Launcher} says that this is process {found.Rank} of {found.Size}; ranks are counted from 0 to one less than there are processes.");
    }

    private static LaunchEnvironment FromTorchrun(Reader read)
    {
        read.Require("torchrun", "RANK", "WORLD_SIZE", "MASTER_ADDR", "MASTER_PORT");
        return new LaunchEnvironment(
            read.Number("RANK"), read.Number("WORLD_SIZE"), read.NumberOr("LOCAL_RANK", 0), read.NumberOrNone("LOCAL_WORLD_SIZE"), read["MASTER_ADDR"]!, read.Number("MASTER_PORT"), "torchrun",
            $"attempt_{read["TORCHELASTIC_RESTART_COUNT"]}", string.Equals(read["TORCHELASTIC_USE_AGENT_STORE"], "True", StringComparison.OrdinalIgnoreCase));
    }

    private static LaunchEnvironment FromMpi(Reader read, string rank, string size, string localRank, string localSize)
    {
        read.Require("mpirun", rank, size);
        string? address = read["MASTER_ADDR"];
        if (address is null && read.NumberOrNone(localSize) == read.Number(size)) address = "127.0.0.1";
        if (address is null)
        {
            throw new DistributedException("mpirun started processes on several machines, and none says where they meet. Name the machine of rank 0: mpirun -x MASTER_ADDR=<host> ... (and -x MASTER_PORT=<port>, where 29500 is taken).");
        }

        return new LaunchEnvironment(read.Number(rank), read.Number(size), read.NumberOr(localRank, 0), read.NumberOrNone(localSize), address, read.NumberOr("MASTER_PORT", UsualPort), "mpirun");
    }

    private static LaunchEnvironment FromSlurm(Reader read)
    {
        read.Require("Slurm", "SLURM_PROCID", "SLURM_STEP_NUM_TASKS");
        string address = read["MASTER_ADDR"] ?? FirstHost(read["SLURM_STEP_NODELIST"] ?? read["SLURM_JOB_NODELIST"] ?? "127.0.0.1");
        int size = read.Number("SLURM_STEP_NUM_TASKS");

        // Two jobs may share a machine: the job's number keeps them apart.
        int port = read.NumberOr("MASTER_PORT", 15000 + (int)(read.NumberOr("SLURM_JOB_ID", 0) % 10000L));
        int? local = read.NumberOrNone("SLURM_STEP_NUM_NODES") == 1 ? size : null;
        return new LaunchEnvironment(read.Number("SLURM_PROCID"), size, read.NumberOr("SLURM_LOCALID", 0), local, address, port, "Slurm");
    }

    /// <summary>The first of Slurm's hosts: <c>gpu[003-007,12],login</c> begins with gpu003.</summary>
    internal static string FirstHost(string list)
    {
        int end = list.IndexOfAny(['[', ',']);
        if (end < 0) return list;
        if (list[end] == ',') return list[..end];
        int first = end + 1, stop = list.IndexOfAny([',', '-', ']'], first);
        int close = list.IndexOf(']', first);
        string tail = close < 0 ? "" : list[(close + 1)..];
        int next = tail.IndexOf(',');
        return list[..end] + list[first..(stop < 0 ? list.Length : stop)] + (next < 0 ? tail : tail[..next]);
    }

    private sealed class Reader(Func<string, string?> variable)
    {
        public string? this[string name] => variable(name) is { Length: > 0 } value ? value : null;

        public bool Has(string name) => this[name] is not null;

        public void Require(string launcher, params IEnumerable<string> names)
        {
            string[] missing = [.. names.Where(name => !Has(name))];
            if (missing.Length == 0) return;
            throw new DistributedException(
                $"The environment is that of {launcher}, but {string.Join(" and ", missing)} {(missing.Length == 1 ? "is" : "are")} not set. Start with 'torchrun --no-python', mpirun or srun, which set all of it, or set {(missing.Length == 1 ? "it" : "them")} by hand.");
        }

        public int Number(string name) =>
            int.TryParse(this[name], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
                ? number
                : throw new DistributedException($"{name} is '{this[name]}' in the environment, where a whole number is expected.");

        public int NumberOr(string name, int otherwise) => Has(name) ? Number(name) : otherwise;

        public int? NumberOrNone(string name) => Has(name) ? Number(name) : null;
    }
}
