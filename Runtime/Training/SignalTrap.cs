using System.Runtime.InteropServices;

namespace Dlm.Runtime.Training;

/// <summary>While it lives, the first Ctrl-C or SIGTERM calls a function instead of ending the program; the second ends it.</summary>
internal sealed class SignalTrap : IDisposable
{
    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _received;

    public SignalTrap(Action received)
    {
        foreach (PosixSignal signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM])
        {
            _registrations.Add(PosixSignalRegistration.Create(signal, context =>
            {
                if (Interlocked.Increment(ref _received) > 1) return;
                context.Cancel = true;
                received();
            }));
        }
    }

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations) registration.Dispose();
    }
}
