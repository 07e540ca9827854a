using Azker.Azurite;
using Azker.Chaos.Judging;
using Azker.Chaos.Scripts;
using Azker.Processes;

namespace Azker.Chaos.Parties;

/// <summary>A program of Azker, with its own proxies to the storage and its own port of the stand-in.</summary>
internal sealed class Party(string name, Launch launch, int port, IReadOnlyList<FaultProxy> storage, TimeProvider time) : IAsyncDisposable
{
    /// <summary>The time limit of a stop: more than the 25 s of <c>SHUTDOWN_TIMEOUT</c> and the 5 s for the last answers.</summary>
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(35);

    private static readonly TimeSpan Relief = TimeSpan.FromSeconds(1);

    /// <summary>The exit code of a process that gets SIGTERM before .NET handles signals.</summary>
    private const int KilledByTerminate = 128 + Signal.Terminate;

    private readonly SemaphoreSlim _turn = new(1);
    private readonly List<string> _earlier = [];
    private ChildProcess? _process;

    public string Name => name;

    public int Port => port;

    /// <summary>The party's proxies to the storage: to the blobs, and to the tables.</summary>
    public IReadOnlyList<FaultProxy> Storage => storage;

    /// <summary>The output of all processes of the party.</summary>
    public IReadOnlyList<string> Output => [.. _earlier, .. _process?.Output ?? []];

    /// <summary>The exits without a request, and the exits on request with another code than 0.</summary>
    public List<string> BadExits { get; } = [];

    public void Start() => _process = launch.Start();

    public Task<Affliction> KillAsync(TimeSpan absence, CancellationToken cancellationToken) => InTurnAsync(Trouble.Kill, async () =>
    {
        DateTimeOffset at = time.GetUtcNow();
        _process!.Kill();
        await EndAsync();
        await Task.Delay(absence, time, cancellationToken);
        Start();
        return at;
    });

    public Task<Affliction> RestartAsync(TimeSpan absence, CancellationToken cancellationToken) => InTurnAsync(Trouble.Restart, async () =>
    {
        await TerminateAsync(cancellationToken);
        await Task.Delay(absence, time, cancellationToken);
        Start();
        return time.GetUtcNow();
    });

    public Task<Affliction> PauseAsync(TimeSpan duration, CancellationToken cancellationToken) => InTurnAsync(Trouble.Pause, async () =>
    {
        SendTo(_process!, Signal.Stop);
        await Task.Delay(duration, time, cancellationToken);
        SendTo(_process!, Signal.Continue);
        return time.GetUtcNow();
    });

    /// <summary>Starts the process again when it has ended by itself, as a supervisor does.</summary>
    public async Task SuperviseAsync()
    {
        if (await _turn.WaitAsync(0))
        {
            try
            {
                if (_process!.HasExited)
                {
                    BadExits.Add($"{name} ended by itself, with exit code {_process.ExitCode}");
                    await EndAsync();
                    await Task.Delay(Relief, time, CancellationToken.None);
                    Start();
                }
            }
            finally
            {
                _turn.Release();
            }
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        await TerminateAsync(cancellationToken);
        _turn.Release();
    }

    public async ValueTask DisposeAsync()
    {
        await (_process?.DisposeAsync() ?? ValueTask.CompletedTask);
        foreach (FaultProxy way in storage)
        {
            await way.DisposeAsync();
        }

        _turn.Dispose();
    }

    /// <summary>Makes one trouble at a time: a paused process cannot stop.</summary>
    private async Task<Affliction> InTurnAsync(Trouble trouble, Func<Task<DateTimeOffset>> happen)
    {
        await _turn.WaitAsync();
        try
        {
            DateTimeOffset from = time.GetUtcNow();
            return new Affliction(trouble, port, from, await happen());
        }
        finally
        {
            _turn.Release();
        }
    }

    private static void SendTo(ChildProcess process, int signal)
    {
        if (!process.HasExited)
        {
            process.Send(signal);
        }
    }

    private async Task TerminateAsync(CancellationToken cancellationToken)
    {
        try
        {
            SendTo(_process!, Signal.Terminate);
            int code = await _process!.WaitForExitAsync(StopLimit, time, cancellationToken);
            if (code != 0 && !(code == KilledByTerminate && _process.Output.Count == 0))
            {
                BadExits.Add($"{name} was asked to stop, and ended with exit code {code}");
            }
        }
        catch (TimeoutException)
        {
            BadExits.Add($"{name} still ran {StopLimit.TotalSeconds} s after it was asked to stop");
        }

        await EndAsync();
    }

    private async Task EndAsync()
    {
        ChildProcess process = _process!;
        await process.DisposeAsync();
        _earlier.AddRange(process.Output);
        _process = null;
    }
}
