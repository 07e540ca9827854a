using System.Diagnostics;
using System.Runtime.InteropServices;
using Azker.Core.Locking;
using Azker.LockHolding;

// Usage: Azker.LockHolder DIRECTORY [--bot ID] [--wait] [--file-size-limit BYTES]
//        [--container NAME] [--name NAME] [--no-fast-takeover] [--acts DIRECTORY], with AZKER_LOCK_HOLDER_STORAGE set to a connection string
// Prints one line for each event, and reads commands from standard input; the end of the input is the command to release.
string directory = args[0];

using var stop = new CancellationTokenSource();
PosixSignalRegistration[] signals = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGQUIT, PosixSignal.SIGHUP }
    .Select(signal => PosixSignalRegistration.Create(signal, Stop))];
FileSizeLimit.Apply(Option("--file-size-limit"));

IInstanceLock instanceLock = Locks.Create(directory, Option, args.Contains);
IInstanceLockHandle? handle = null;
try
{
    handle = args.Contains("--wait")
        ? await instanceLock.AcquireAsync(holder => Say($"waiting {holder?.ProcessId} {holder?.BotId}"), stop.Token)
        : await instanceLock.TryAcquireAsync(stop.Token);
    if (handle is null)
    {
        LockHolder? holder = await instanceLock.GetHolderAsync(stop.Token);
        Say($"refused {holder?.ProcessId} {holder?.BotId}");
        return 75;
    }

    handle.Lost.Register(() => Say($"lost {handle.LostReason}"));
    Say($"held {Environment.ProcessId} {handle.Holder.Epoch}");
    new Thread(ReadCommands) { IsBackground = true }.Start();
    Task acting = Option("--acts") is { } acts ? Acts.RunAsync(acts, handle, stop.Token) : Task.CompletedTask;
    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop.Token).ContinueWith(_ => { }, TaskScheduler.Default);
    await acting;
    await handle.DisposeAsync();
    Say("released");
    return 0;
}
catch (InstanceLockException e)
{
    Say($"error {(e.IsPermission ? "permission" : "other")} {e.Message}");
    return 77;
}
finally
{
    Array.ForEach(signals, signal => signal.Dispose());
}

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stop.Cancel();
}

void ReadCommands()
{
    while (true)
    {
        switch (Console.In.ReadLine())
        {
            case "throw":
                throw new InvalidOperationException("Asked to throw.");
            case "exit":
                Environment.Exit(3);
                return;
            case "child":
                StartChild();
                break;
            case "hog":
                Hogs.Run();
                Say("hogged");
                break;
            case "drain":
                handle!.AnnounceDrainingAsync(stop.Token).Wait();
                Say("draining");
                break;
            case null or "release":
                stop.Cancel();
                return;
        }
    }
}

void StartChild()
{
    // The child has its own streams; otherwise the reader of this process's output would wait for the child too.
    var start = new ProcessStartInfo("sleep", "300") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
    Say($"child {Process.Start(start)!.Id}");
}

string? Option(string name) => Array.IndexOf(args, name) is >= 0 and int index ? args[index + 1] : null;

static void Say(string line)
{
    Console.Out.WriteLine(line);
    Console.Out.Flush();
}
