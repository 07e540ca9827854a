using System.Net.Sockets;
using Azker.Core.Locking;
using Azker.Core.Locking.Machine;
using Azker.Core.Tests.Shared;
using Microsoft.Extensions.Time.Testing;

namespace Azker.Core.Tests.Locking.Machine;

/// <summary>The promises of every kind of marks. The marks of Linux are left out on other systems.</summary>
public sealed class MachineMarksTests : IDisposable
{
    private static readonly LockHolder Holder = new(
        4711, "box-1", "instance", 123456, 7, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, "0.1.0")
    { DataDirectory = "/srv/bot" };

    private readonly FakeTimeProvider _time = new();
    private readonly TempDirectory _directory = new();
    private readonly string _name = $"azker-test-{Guid.NewGuid():N}";

    public static TheoryData<bool> Kinds => OperatingSystem.IsLinux() ? [true, false] : [false];

    public void Dispose() => _directory.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void One_holder_has_a_name_at_a_time_until_it_frees_the_name(bool areSockets)
    {
        IMachineMarks marks = Marks(areSockets);
        Assert.False(marks.IsTaken(_name));

        using (IDisposable? first = marks.TryTake(_name, Holder))
        {
            Assert.NotNull(first);
            Assert.True(marks.IsTaken(_name));
            Assert.Null(marks.TryTake(_name, Holder));
            Assert.False(marks.IsTaken($"{_name}-2"));
        }

        Assert.False(marks.IsTaken(_name));
        using IDisposable? next = marks.TryTake(_name, Holder);
        Assert.NotNull(next);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Another_process_reads_who_has_the_name(bool areSockets)
    {
        IMachineMarks marks = Marks(areSockets);
        using IDisposable? mark = marks.TryTake(_name, Holder);

        for (int reader = 0; reader < 40; reader++)
        {
            LockHolder? read = await marks.ReadAsync(_name, TestContext.Current.CancellationToken);

            // A socket tells the PID as this process sees it, which is right in another PID namespace too.
            Assert.Equal(areSockets ? Holder with { ProcessId = Environment.ProcessId } : Holder, read);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Nobody_is_known_when_the_name_is_free(bool areSockets) =>
        Assert.Null(await Marks(areSockets).ReadAsync(_name, TestContext.Current.CancellationToken));

    [Fact]
    public async Task Of_a_paused_process_the_PID_is_known()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has abstract sockets.");
        using var paused = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        paused.Bind(new UnixDomainSocketEndPoint($"\0{_name}"));
        paused.Listen();

        Task<LockHolder?> read = Marks(areSockets: true).ReadAsync(_name, TestContext.Current.CancellationToken);
        await _time.PassUntil(() => read.IsCompleted, "the reader gives up");

        Assert.Equal(Environment.ProcessId, (await read)?.ProcessId);
    }

    [Fact]
    public void A_process_without_sockets_has_a_file_and_the_others_see_it()
    {
        FileMarks files = new(_directory.FullPath);
        var without = new EitherMarks(new NoMarks(), files);
        var with = new EitherMarks(new FileMarks(_directory["sockets"]), files);
        using (IDisposable? mark = without.TryTake(_name, Holder))
        {
            Assert.NotNull(mark);
            Assert.True(with.IsTaken(_name));
            Assert.Null(with.TryTake(_name, Holder));
        }

        using IDisposable? next = with.TryTake(_name, Holder);
        Assert.NotNull(next);
    }

    private IMachineMarks Marks(bool areSockets) => areSockets ? new SocketMarks(_time) : new FileMarks(_directory.FullPath);

    /// <summary>The marks of a system that refuses them.</summary>
    private sealed class NoMarks : IMachineMarks
    {
        public IDisposable? TryTake(string name, LockHolder holder) => throw new InstanceLockException("not permitted", isPermission: false);

        public bool IsTaken(string name) => false;

        public Task<LockHolder?> ReadAsync(string name, CancellationToken cancellationToken) => Task.FromResult<LockHolder?>(null);
    }
}
