namespace TorchSharp;

public static partial class torch
{
    /// <summary>A source of random numbers with a state of its own.</summary>
    public class Generator : IDisposable
    {
        private nint _handle;

        public Generator(ulong seed = 0, Device? device = null)
        {
            this.device = device ?? CPU;
            _handle = NativeMethods.Check(NativeMethods.dlm_generator_new(seed, (int)this.device.type, this.device.index));
        }

        private Generator(nint handle, Device device)
        {
            _handle = handle;
            this.device = device;
        }

        ~Generator() => Dispose(false);

        /// <summary>The generator that operations on the CPU use when they are given none.</summary>
        public static Generator Default => DefaultOf(CPU);

        internal static Generator DefaultOf(Device device) =>
            new(NativeMethods.Check(NativeMethods.dlm_generator_default((int)device.type, device.index)), device);

        public nint Handle => _handle != 0 ? _handle : throw new InvalidOperationException("Generator invalid -- empty handle.");

        public Device device { get; }

        public Generator manual_seed(long seed)
        {
            NativeMethods.Check(NativeMethods.dlm_generator_set_seed(Handle, (ulong)seed));
            return this;
        }

        public long seed() => (long)NativeMethods.dlm_generator_reseed(Handle);

        public long initial_seed() => (long)NativeMethods.dlm_generator_seed(Handle);

        public Tensor get_state() => Tensor.FromHandle(NativeMethods.Check(NativeMethods.dlm_generator_get_state(Handle)));

        public void set_state(Tensor value)
        {
            NativeMethods.Check(NativeMethods.dlm_generator_set_state(Handle, value.Handle));
            GC.KeepAlive(value);
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            NativeMethods.dlm_generator_free(_handle);
            _handle = 0;
        }
    }

    /// <summary>Seeds the default generators of every device, and returns the CPU's.</summary>
    public static Generator manual_seed(long seed)
    {
        NativeMethods.Check(NativeMethods.dlm_manual_seed((ulong)seed));
        return Generator.Default;
    }

    public static long seed()
    {
        using var generator = Generator.Default;
        return generator.seed();
    }

    public static long initial_seed()
    {
        using var generator = Generator.Default;
        return generator.initial_seed();
    }

    public static Tensor get_rng_state()
    {
        using var generator = Generator.Default;
        return generator.get_state();
    }

    public static void set_rng_state(Tensor new_state)
    {
        using var generator = Generator.Default;
        generator.set_state(new_state);
    }

    public static class random
    {
        public static Generator manual_seed(long seed) => torch.manual_seed(seed);

        public static long seed() => torch.seed();

        public static long initial_seed() => torch.initial_seed();

        public static Tensor get_rng_state() => torch.get_rng_state();

        public static void set_rng_state(Tensor new_state) => torch.set_rng_state(new_state);
    }

    public static partial class cuda
    {
        public static void manual_seed(long seed)
        {
            if (!is_available())
                return;
            using var generator = Generator.DefaultOf(CUDA);
            generator.manual_seed(seed);
        }

        public static void manual_seed_all(long seed) => torch.manual_seed(seed).Dispose();
    }
}
