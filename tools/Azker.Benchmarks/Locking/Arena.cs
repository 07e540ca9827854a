using System.Security.Cryptography;
using Azker.Azurite;

namespace Azker.Benchmarks.Locking;

/// <summary>The lock of one run, and the processes that compete for the lock, each behind its own proxy.</summary>
internal sealed class Arena : IAsyncDisposable
{
    private const string Container = "benchmarks";

    private readonly List<LockHolderProcess> _processes = [];
    private readonly List<string> _directories = [];
    private readonly AzuriteServer _server;
    private readonly string _name = $"bot-{Guid.NewGuid():N}";

    private Arena(AzuriteServer server) => _server = server;

    public static async Task<Arena> CreateAsync(AzuriteServer server, CancellationToken cancellationToken)
    {
        var arena = new Arena(server);
        await ReleasedLock.CreateAsync(server, Container, arena._name, cancellationToken);
        return arena;
    }

    public string CreateDirectory()
    {
        string directory = Directory.CreateTempSubdirectory("azker-benchmark-").FullName;
        _directories.Add(directory);
        return directory;
    }

    /// <summary>Starts a process that waits for the lock.</summary>
    /// <param name="directory">The data directory of the process; processes of one machine share it.</param>
    /// <param name="arguments">More arguments of the process.</param>
    public LockHolderProcess Start(string directory, params string[] arguments)
    {
        var proxy = new FaultProxy(_server.BlobPort);
        var process = new LockHolderProcess(
            proxy, _server.ConnectionStringTo(proxy.Port), [directory, "--wait", "--container", Container, "--name", _name, .. arguments]);
        _processes.Add(process);
        return process;
    }

    /// <summary>Starts a process that holds the lock, and a process that waits for the lock.</summary>
    public async Task<(LockHolderProcess Holder, LockHolderProcess Standby)> StartPairAsync(bool onOneMachine, CancellationToken cancellationToken)
    {
        string directory = CreateDirectory();
        string[] arguments = onOneMachine ? [] : ["--no-fast-takeover"];
        LockHolderProcess holder = Start(directory, arguments);
        await holder.WaitForAsync("held", cancellationToken);
        LockHolderProcess standby = Start(onOneMachine ? directory : CreateDirectory(), arguments);
        await standby.WaitForAsync("waiting", cancellationToken);
        return (holder, standby);
    }

    /// <summary>Waits for a random part of a renewal's cycle, since the result depends on it.</summary>
    public static Task PassPhaseAsync(CancellationToken cancellationToken) =>
        Task.Delay(TimeSpan.FromMilliseconds(1500 + RandomNumberGenerator.GetInt32(4400)), TimeProvider.System, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (LockHolderProcess process in _processes)
        {
            await process.DisposeAsync();
        }

        _directories.ForEach(directory => Directory.Delete(directory, recursive: true));
    }
}
