using System.Diagnostics;
using System.Globalization;
using Azker.Core.Locking.OsLock;
using Azker.Core.Tests.Shared;

namespace Azker.Core.Tests.Locking.OsLock;

public sealed class ProcessIdentityTests
{
    private const int UnlikelyPid = int.MaxValue;

    private static readonly ProcessIdentity Current = ProcessIdentity.Current;

    [Fact]
    public void This_process_runs() => Assert.Equal(Liveness.Alive, Current.LivenessOf(Current));

    [Fact]
    public async Task A_process_runs_until_it_is_killed_even_if_nobody_has_asked_for_its_exit_yet()
    {
        // The shell that started the child becomes a process that never asks for its exit.
        using var parent = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "sleep 300 & echo $!; exec sleep 300"]) { RedirectStandardOutput = true })!;
        try
        {
            int child = int.Parse((await parent.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!, CultureInfo.InvariantCulture);
            ProcessIdentity identity = Current with { ProcessId = child, StartTicks = StartTicksOf(child) };
            Assert.Equal(Liveness.Alive, Current.LivenessOf(identity));

            await LockHolderProcess.Send("KILL", child);

            await Eventually.IsTrue(() => Current.LivenessOf(identity) == Liveness.Dead, "the killed process counts as dead");
            Assert.True(Directory.Exists(string.Create(CultureInfo.InvariantCulture, $"/proc/{child}")));
        }
        finally
        {
            parent.Kill();
            await parent.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public void A_process_that_is_gone_is_dead() => AssertIs(Liveness.Dead, Current with { ProcessId = UnlikelyPid });

    [Fact]
    public async Task A_reused_pid_is_a_dead_process()
    {
        using var other = Process.Start("sleep", "300");
        try
        {
            AssertIs(Liveness.Dead, Current with { ProcessId = other.Id, StartTicks = "1" });
            AssertIs(Liveness.Alive, Current with { ProcessId = other.Id, StartTicks = StartTicksOf(other.Id) });
        }
        finally
        {
            other.Kill();
            await other.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public void A_process_from_before_the_reboot_is_dead()
    {
        ProcessIdentity machine = Current with { Machine = Current.Machine ?? "a machine" };

        Assert.Equal(Liveness.Dead, machine.LivenessOf(machine with { Boot = "another boot", StartTicks = "1" }));
    }

    [Fact]
    public void The_first_process_of_a_container_before_its_restart_is_dead() =>
        AssertIs(Liveness.Dead, Current with { PidNamespace = "1", StartTicks = "1" });

    [Fact]
    public void A_process_of_another_host_cannot_be_judged() =>
        AssertIs(Liveness.Unknown, Current with { ProcessId = UnlikelyPid, Host = "elsewhere", Machine = "another", Boot = "another" });

    [Fact]
    public void A_process_of_another_host_that_was_made_from_the_same_image_cannot_be_judged() =>
        AssertIs(Liveness.Unknown, Current with { ProcessId = UnlikelyPid, Host = "elsewhere", Boot = "another" });

    [Fact]
    public void A_process_of_another_container_cannot_be_judged() =>
        AssertIs(Liveness.Unknown, Current with { ProcessId = UnlikelyPid, PidNamespace = "1" });

    [Fact]
    public void The_first_process_of_another_container_cannot_be_judged() =>
        AssertIs(Liveness.Unknown, Current with { Host = "another container", PidNamespace = "1" });

    [Fact]
    public void A_process_with_too_few_known_facts_cannot_be_judged() =>
        AssertIs(Liveness.Unknown, Current with { ProcessId = UnlikelyPid, Boot = null });

    private static void AssertIs(Liveness expected, ProcessIdentity process) => Assert.Equal(expected, Current.LivenessOf(process));

    private static string StartTicksOf(int process) =>
        File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat")).Split(") ")[1].Split(' ')[19];
}
