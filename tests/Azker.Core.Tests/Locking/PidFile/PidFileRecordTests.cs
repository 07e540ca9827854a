using System.Globalization;
using Azker.Core.Locking;
using Azker.Core.Locking.OsLock;
using Azker.Core.Locking.PidFile;

namespace Azker.Core.Tests.Locking.PidFile;

public sealed class PidFileRecordTests
{
    private const string Text = """
        4711
        host: box-1
        instance: 0f8fad5bd9cb469fa165702867728950
        bot: 123456789
        epoch: 1795489200
        started: 2026-11-24T02:59:58.1234560Z
        since: 2026-11-24T03:00:00.0000000Z
        version: 0.1.0
        start-ticks: 8812
        boot: 2f3c1c3e-6b8e-4a3c-9a4e-0d5f0a3a7b11
        pid-namespace: 4026531836
        machine: 3d1219c7c4c5404aaa1f6d2a48adfda4

        """;

    [Fact]
    public void A_record_reads_like_this()
    {
        PidFileRecord? record = PidFileRecord.Parse(Text);

        Assert.Equal(
            new LockHolder(
                4711, "box-1", "0f8fad5bd9cb469fa165702867728950", 123456789, 1795489200,
                DateTimeOffset.Parse("2026-11-24T02:59:58.123456Z", CultureInfo.InvariantCulture),
                DateTimeOffset.Parse("2026-11-24T03:00:00Z", CultureInfo.InvariantCulture),
                "0.1.0"),
            record!.Holder);
        Assert.Equal(
            new ProcessIdentity(4711, "8812", "2f3c1c3e-6b8e-4a3c-9a4e-0d5f0a3a7b11", "4026531836", "3d1219c7c4c5404aaa1f6d2a48adfda4", "box-1"),
            record.Process);
        Assert.Equal(Text, record.ToText());
    }

    [Fact]
    public void Facts_that_the_system_does_not_give_stay_empty()
    {
        PidFileRecord record = Records.Of(new ProcessIdentity(1, null, null, null, null, "host"));

        Assert.Equal(record, PidFileRecord.Parse(record.ToText()));
    }

    [Fact]
    public void No_beginning_of_a_record_is_taken_for_a_whole_record()
    {
        for (int length = 0; length < Text.Length; length++)
        {
            Assert.Null(PidFileRecord.Parse(Text[..length]));
        }
    }

    [Theory]
    [InlineData("4711\n", "0\n")]
    [InlineData("4711\n", "-4711\n")]
    [InlineData("4711\n", "99999999999\n")]
    [InlineData("epoch: 1795489200", "epoch: -1")]
    [InlineData("since: 2026", "since: MMXXVI")]
    [InlineData("version: 0.1.0\n", "version: 0.1.0\nversion: 0.1.1\n")]
    [InlineData("machine: ", "machine ")]
    public void A_faulty_record_is_not_a_record(string whole, string faulty) =>
        Assert.Null(PidFileRecord.Parse(Text.Replace(whole, faulty, StringComparison.Ordinal)));
}
