using System.Runtime.InteropServices;

namespace Azker.Demo.Processes;

/// <summary>Ends the demo gracefully on SIGINT, SIGTERM, SIGQUIT and SIGHUP, so that the demo ends its processes too.</summary>
internal sealed class Interruption : IDisposable
{
    private static readonly (PosixSignal Signal, int Number)[] Signals =
        [(PosixSignal.SIGHUP, 1), (PosixSignal.SIGINT, 2), (PosixSignal.SIGQUIT, 3), (PosixSignal.SIGTERM, 15)];

    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations;
    private int _number;

    public Interruption() =>
        _registrations = [.. Signals.Select(signal => PosixSignalRegistration.Create(signal.Signal, context => Handle(context, signal.Number)))];

    public CancellationToken Token => _source.Token;

    public int ExitCode => 128 + _number;

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _source.Dispose();
    }

    private void Handle(PosixSignalContext context, int number)
    {
        context.Cancel = true;
        _number = number;
        _source.Cancel();
    }
}
