using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;

namespace Azker.PollingFallback.Hosting;

/// <summary>Stops the program gracefully on SIGINT, SIGTERM, SIGQUIT and SIGHUP; a second signal ends the program at once.</summary>
/// <remarks>By default each of these signals ends a .NET program without running its finally blocks.</remarks>
internal sealed class PosixSignalLifetime(IHostApplicationLifetime lifetime) : IHostLifetime, IDisposable
{
    private static readonly PosixSignal[] Signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGQUIT, PosixSignal.SIGHUP];

    // A registration ends when the garbage collector collects it, so this list keeps all registrations.
    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _signals;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        _registrations.AddRange(Signals.Select(signal => PosixSignalRegistration.Create(signal, Handle)));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _registrations.ForEach(registration => registration.Dispose());

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _signals) > 1)
        {
            Environment.Exit(128 + Number(context.Signal));
        }

        lifetime.StopApplication();
    }

    private static int Number(PosixSignal signal) => signal switch
    {
        PosixSignal.SIGHUP => 1,
        PosixSignal.SIGINT => 2,
        PosixSignal.SIGQUIT => 3,
        _ => 15,
    };
}
