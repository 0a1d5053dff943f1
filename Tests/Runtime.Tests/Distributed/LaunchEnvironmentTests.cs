using Dlm.Runtime.Distributed;

namespace Dlm.Runtime.Tests.Distributed;

public sealed class LaunchEnvironmentTests
{
    [Fact]
    public void Without_a_launcher_there_is_nothing_to_read() =>
        Assert.Null(Read("MASTER_ADDR=a", "SLURM_PROCID=0", "SLURM_NTASKS=4", "SLURM_JOB_ID=7"));

    [Fact]
    public void Torchrun_says_all_of_it()
    {
        LaunchEnvironment place = Read("RANK=5", "WORLD_SIZE=8", "LOCAL_RANK=1", "LOCAL_WORLD_SIZE=4", "MASTER_ADDR=node1", "MASTER_PORT=1234", "TORCHELASTIC_RESTART_COUNT=2", "TORCHELASTIC_USE_AGENT_STORE=True")!;

        Assert.Equal(new LaunchEnvironment(5, 8, 1, 4, "node1", 1234, "torchrun", "attempt_2", LauncherKeepsStore: true), place);
        Assert.False(place.IsLocal);
    }

    [Theory]
    [InlineData("OMPI_COMM_WORLD_RANK=1", "OMPI_COMM_WORLD_SIZE=2", "OMPI_COMM_WORLD_LOCAL_RANK=1", "OMPI_COMM_WORLD_LOCAL_SIZE=2")]
    [InlineData("PMI_RANK=1", "PMI_SIZE=2", "MPI_LOCALRANKID=1", "MPI_LOCALNRANKS=2")]
    public void Mpirun_on_one_machine_needs_no_address(params string[] variables)
    {
        Assert.Equal(new LaunchEnvironment(1, 2, 1, 2, "127.0.0.1", 29500, "mpirun"), Read(variables));
        Assert.Equal(("a", 5), (Read([.. variables, "MASTER_ADDR=a", "MASTER_PORT=5"])!.Address, Read([.. variables, "MASTER_PORT=5"])!.Port));
    }

    [Fact]
    public void Mpirun_on_several_machines_needs_one()
    {
        var error = Assert.Throws<DistributedException>(() => Read("OMPI_COMM_WORLD_RANK=1", "OMPI_COMM_WORLD_SIZE=4", "OMPI_COMM_WORLD_LOCAL_SIZE=2"));

        Assert.Contains("mpirun -x MASTER_ADDR=<host>", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Slurm_names_the_machines_and_the_job_gives_the_port()
    {
        LaunchEnvironment place = Read("SLURM_STEP_ID=0", "SLURM_PROCID=3", "SLURM_LOCALID=1", "SLURM_STEP_NUM_TASKS=4", "SLURM_STEP_NUM_NODES=2", "SLURM_STEP_NODELIST=gpu[003-004]", "SLURM_JOB_ID=1230042")!;

        Assert.Equal(new LaunchEnvironment(3, 4, 1, null, "gpu003", 15042, "Slurm"), place);
    }

    [Theory]
    [InlineData("node7", "node7")]
    [InlineData("a,b[1-2]", "a")]
    [InlineData("gpu[003-007,12],login", "gpu003")]
    [InlineData("gpu[5]", "gpu5")]
    [InlineData("rack[1,4]-ib,x", "rack1-ib")]
    public void The_first_of_Slurms_hosts(string list, string first) => Assert.Equal(first, LaunchEnvironment.FirstHost(list));

    [Fact]
    public void What_is_missing_or_makes_no_sense_is_said()
    {
        Assert.StartsWith("The environment is that of torchrun, but WORLD_SIZE and MASTER_PORT are not set.", Fails("RANK=0", "MASTER_ADDR=a"), StringComparison.Ordinal);
        Assert.Equal("RANK is 'one' in the environment, where a whole number is expected.", Fails("RANK=one", "WORLD_SIZE=2", "MASTER_ADDR=a", "MASTER_PORT=1"));
        Assert.StartsWith("torchrun says that this is process 2 of 2;", Fails("RANK=2", "WORLD_SIZE=2", "MASTER_ADDR=a", "MASTER_PORT=1"), StringComparison.Ordinal);

        static string Fails(params string[] variables) => Assert.Throws<DistributedException>(() => Read(variables)).Message;
    }

    private static LaunchEnvironment? Read(params string[] variables)
    {
        Dictionary<string, string> environment = variables.Select(variable => variable.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        return LaunchEnvironment.Read(environment.GetValueOrDefault);
    }
}
