using Azker.Core.Configuration;
using Azker.Core.Locking.BlobLease;
using Azker.Core.Tests.Shared;
using Microsoft.Extensions.Options;

namespace Azker.Core.Tests.Configuration;

public sealed class LockOptionsTests
{
    [Fact]
    public void The_defaults_are_those_of_the_protocol() => Assert.Equivalent(
        new LockOptions
        {
            Container = "azker",
            Name = "bot-123456",
            LeaseDuration = TimeSpan.FromSeconds(15),
            Deadline = TimeSpan.FromSeconds(12),
            RenewInterval = TimeSpan.FromSeconds(4),
            AttemptTimeout = TimeSpan.FromSeconds(2.5),
            FastTakeover = true,
        },
        Settings.Read().Lock,
        strict: true);

    [Theory]
    [InlineData("LOCK_LEASE_DURATION", "14", "'14' is not a whole number from 15 to 60; leave it out for 15.")]
    [InlineData("LOCK_LEASE_DURATION", "15.4", "'15.4' is not a whole number from 15 to 60; leave it out for 15.")]
    [InlineData("LOCK_LEASE_DURATION", "61", "'61' is not a whole number from 15 to 60; leave it out for 15.")]
    [InlineData("LOCK_DEADLINE", "13", "13 s is not at most 0.85 of LOCK_LEASE_DURATION, which is 15 s; change one of the two settings, or leave both out.")]
    [InlineData("LOCK_RENEW_INTERVAL", "12", "12 s is not below LOCK_DEADLINE, which is 12 s; change one of the two settings, or leave both out.")]
    [InlineData("LOCK_RENEW_INTERVAL", "11", "11 s and 10 % of it, and LOCK_ATTEMPT_TIMEOUT, which is 2.5 s, are together above LOCK_DEADLINE, which is 12 s; change one of the three settings, or leave all three out.")]
    [InlineData("LOCK_RENEW_INTERVAL", "8.7", "8.7 s and 10 % of it, and LOCK_ATTEMPT_TIMEOUT, which is 2.5 s, are together above LOCK_DEADLINE, which is 12 s; change one of the three settings, or leave all three out.")]
    [InlineData("LOCK_ATTEMPT_TIMEOUT", "4", "4 s is not below LOCK_RENEW_INTERVAL, which is 4 s; change one of the two settings, or leave both out.")]
    [InlineData("LOCK_CONTAINER", "My_Locks", "'My_Locks' is not 3 to 63 of the characters a-z 0-9 -, with no - at an end or beside another; leave it out for azker.")]
    [InlineData("LOCK_NAME", "../x", "'../x' is not 1 to 200 of the characters A-Z a-z 0-9 . _ -, starting with a letter or digit; leave it out for bot-123456.")]
    [InlineData("LOCK_FAST_TAKEOVER", "maybe", "'maybe' is neither true nor false; set it to true or false.")]
    public void A_faulty_setting_is_reported(string name, string value, string fault)
    {
        OptionsValidationException faults = Assert.Throws<OptionsValidationException>(() => Settings.Read((name, value)));

        Assert.Equal([$"{name}: {fault}"], faults.Failures);
    }

    [Fact]
    public void Durations_that_fit_together_are_valid()
    {
        LockOptions options = Settings.Read(
            ("LOCK_LEASE_DURATION", "60"), ("LOCK_DEADLINE", "51"), ("LOCK_RENEW_INTERVAL", "20"), ("LOCK_ATTEMPT_TIMEOUT", "10")).Lock;

        Assert.Equal(TimeSpan.FromSeconds(51), options.Deadline);
    }

    [Theory]
    [InlineData("8.6", "2.5", "12")]
    [InlineData("10", "1", "12")]
    [InlineData("4", "2.5", "6.9")]
    public void A_renewal_that_varies_by_its_jitter_and_takes_its_time_limit_still_meets_the_deadline(string renew, string attempt, string deadline)
    {
        LockOptions options = Settings.Read(
            ("LOCK_RENEW_INTERVAL", renew), ("LOCK_ATTEMPT_TIMEOUT", attempt), ("LOCK_DEADLINE", deadline)).Lock;
        TimeSpan latest = new BlobLeaseSchedule(options.RenewInterval, random: () => 1).AfterRenewal();

        Assert.InRange(latest + options.AttemptTimeout, TimeSpan.Zero, options.Deadline);
    }

    [Theory]
    [InlineData(null, null, false)]
    [InlineData("UseDevelopmentStorage=true", null, true)]
    [InlineData("UseDevelopmentStorage=true", "false", false)]
    [InlineData(null, "true", true)]
    public void With_a_storage_account_an_instance_waits_as_a_standby_unless_told_otherwise(string? storage, string? wait, bool expected) =>
        Assert.Equal(expected, Settings.Read((SettingNames.Storage, storage), (SettingNames.LockWait, wait)).Polling.Standby);
}
