using System.Diagnostics;
using System.Globalization;
using Azker.Core.Locking.OsLock;
using Azker.Core.Tests.Shared;

namespace Azker.Core.Tests.Locking.OsLock;

public sealed class ProcessIdentityTests
{
    private static readonly ProcessIdentity Current = ProcessIdentity.Current;

    [Fact]
    public void This_process_runs() => Assert.Equal(Liveness.Alive, Current.Judge(Current));

    [Fact]
    public async Task A_process_runs_until_it_is_killed_even_if_nobody_has_asked_for_its_exit_yet()
    {
        // The shell that started it goes on as something that never asks.
        using var parent = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "sleep 300 & echo $!; exec sleep 300"]) { RedirectStandardOutput = true })!;
        try
        {
            int child = int.Parse((await parent.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!, CultureInfo.InvariantCulture);
            ProcessIdentity identity = Current with { ProcessId = child, StartTicks = StartTicksOf(child) };
            Assert.Equal(Liveness.Alive, Current.Judge(identity));

            await LockHolderProcess.Send("KILL", child);

            await Eventually.IsTrue(() => Current.Judge(identity) == Liveness.Dead, "the killed process counts as dead");
            Assert.True(Directory.Exists(string.Create(CultureInfo.InvariantCulture, $"/proc/{child}")));
        }
        finally
        {
            parent.Kill();
            await parent.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    private static string StartTicksOf(int process) =>
        File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat")).Split(") ")[1].Split(' ')[19];
}
