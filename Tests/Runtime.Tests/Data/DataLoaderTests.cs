using Dlm.Runtime.Data;
using static TorchSharp.torch;

namespace Dlm.Runtime.Tests.Data;

public sealed class DataLoaderTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(1, 4)]
    [InlineData(3, 2)]
    [InlineData(4, 8)]
    public void Batches_come_in_the_samplers_order_however_many_workers(int workers, int prefetch)
    {
        ShuffledSampler sampler = new(103, seed: 1);
        DataLoader loader = new(new CountingDataset(103), 10, sampler, workers: workers, prefetch: prefetch);

        List<long> seen = [];
        foreach (Batch batch in loader.Epoch(2))
        {
            using (batch)
            {
                Assert.Equal(batch.Indices, batch.Input.ToArray<long>());
                seen.AddRange(batch.Indices);
            }
        }

        Assert.Equal(11, loader.BatchesPerEpoch);
        Assert.Equal(sampler.Order(2), seen);
    }

    [Fact]
    public void The_last_small_batch_can_be_dropped()
    {
        DataLoader loader = new(new CountingDataset(25), 10, dropLast: true);

        Assert.Equal([10, 10], Drain(loader.Epoch(0)).Select(indices => indices.Length));
        Assert.Equal(20, loader.SamplesPerEpoch);
    }

    [Fact]
    public void An_epoch_can_be_entered_in_the_middle()
    {
        DataLoader loader = new(new CountingDataset(30), 10, new ShuffledSampler(30, seed: 9));

        Assert.Equal(Drain(loader.Epoch(1)).Skip(2), Drain(loader.Epoch(1, firstBatch: 2)));
    }

    [Fact]
    public void Batches_are_prepared_ahead_but_never_more_than_asked_for()
    {
        CountingDataset data = new(1000);
        DataLoader loader = new(data, 10, workers: 2, prefetch: 3);
        using BatchStream stream = loader.Epoch(0);

        Wait(() => data.Reads == 3);
        Thread.Sleep(50); // a worker that did not heed the bound would read on in this time
        Assert.Equal(3, data.Reads);

        Assert.True(stream.TryNext(out Batch? batch));
        batch.Dispose();
        Wait(() => data.Reads == 4);
        Thread.Sleep(50);
        Assert.Equal(4, data.Reads);
    }

    [Fact]
    public void An_error_reaches_the_caller_with_the_samples_and_in_its_turn()
    {
        DataLoader loader = new(new CountingDataset(100, failAt: 34), 10, workers: 2);
        using BatchStream stream = loader.Epoch(4);
        for (int i = 0; i < 3; i++)
        {
            Assert.True(stream.TryNext(out Batch? batch));
            batch.Dispose();
        }

        DataLoadingException error = Assert.Throws<DataLoadingException>(() => stream.TryNext(out _));

        Assert.Equal("Batch 4 of epoch 5 could not be read, because of sample 34: Sample 34 is damaged.", error.Message);
        Assert.IsType<InvalidOperationException>(error.InnerException);
        Assert.Equal(30, error.Indices[0]);
    }

    [Fact]
    public void Leaving_early_stops_the_threads_and_frees_what_was_ready()
    {
        CountingDataset data = new(1000);
        long before = LiveTensors.Count();
        foreach (Batch batch in new DataLoader(data, 10, workers: 3, prefetch: 5).Epoch(0))
        {
            batch.Dispose();
            break;
        }

        int reads = data.Reads;
        Thread.Sleep(50);
        Assert.Equal(reads, data.Reads);
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void Disposing_while_a_worker_reads_waits_for_it()
    {
        CountingDataset data = new(100);
        data.Gate.Reset();
        BatchStream stream = new DataLoader(data, 10).Epoch(0);
        Thread opener = new(() =>
        {
            Thread.Sleep(20);
            data.Gate.Set();
        });
        opener.Start();

        stream.Dispose();

        Assert.Throws<ObjectDisposedException>(() => stream.TryNext(out _));
        opener.Join();
    }

    [Fact]
    public void A_batch_outlives_the_scope_it_was_taken_in_and_leaves_nothing_behind()
    {
        long before = LiveTensors.Count();
        List<Batch> kept = [];
        using (NewDisposeScope())
        {
            foreach (int workers in (int[])[0, 1]) kept.AddRange(new DataLoader(new CountingDataset(20), 10, workers: workers).Epoch(0));
        }

        Assert.Equal(before + 4, Tensor.TotalCount);
        Assert.All(kept, batch => Assert.Equal(batch.Indices, batch.Input.ToArray<long>()));
        kept.ForEach(batch => batch.Dispose());
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void The_time_spent_waiting_is_measured()
    {
        CountingDataset data = new(20);
        data.Gate.Reset();
        using BatchStream stream = new DataLoader(data, 10).Epoch(0);
        Thread caller = Thread.CurrentThread;
        Thread opener = new(() =>
        {
            SpinWait.SpinUntil(() => caller.ThreadState.HasFlag(ThreadState.WaitSleepJoin));
            Thread.Sleep(30);
            data.Gate.Set();
        });
        opener.Start();

        Assert.True(stream.TryNext(out Batch? batch));

        batch.Dispose();
        opener.Join();
        Assert.InRange(stream.Waited.TotalMilliseconds, 25, double.MaxValue);
    }

    [Fact]
    public void Nothing_to_load_is_an_error_at_once()
    {
        Assert.Throws<ArgumentException>(() => new DataLoader(new CountingDataset(0), 10));
        Assert.Throws<ArgumentException>(() => new DataLoader(new CountingDataset(5), 10, dropLast: true));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DataLoader(new CountingDataset(5), 0));
    }

    [Fact]
    public void A_name_that_a_batch_has_not_is_answered_with_those_it_has()
    {
        using Batch batch = new CountingDataset(5).Read([1]);

        KeyNotFoundException error = Assert.Throws<KeyNotFoundException>(() => batch.Target);

        Assert.Equal("The batch has no tensor 'target'; the data set gives 'input'.", error.Message);
    }

    private static List<long[]> Drain(BatchStream stream)
    {
        List<long[]> seen = [];
        foreach (Batch batch in stream)
        {
            seen.Add(batch.Indices);
            batch.Dispose();
        }

        return seen;
    }

    private static void Wait(Func<bool> reached) => Assert.True(SpinWait.SpinUntil(reached, TimeSpan.FromSeconds(20)));
}
