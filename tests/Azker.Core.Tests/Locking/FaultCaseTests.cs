using System.Reflection;
using Azker.Core.Tests.Locking.BlobLease;
using Azker.Core.Tests.Locking.OsLock;
using Azker.Core.Tests.Locking.PidFile;
using Azker.Core.Tests.Polling;

namespace Azker.Core.Tests.Locking;

/// <summary>The numbered fault cases of the two locks, with the tests of each case.</summary>
public sealed class FaultCaseTests
{
    private static readonly FaultCase[] Cases =
    [
        // Acquiring
        new(1, "the lease is free",
            nameof(BlobLeaseAcquiringTests.A_free_lease_is_taken_with_one_read_one_acquisition_and_one_write)),
        new(2, "it is held",
            nameof(BlobLeaseAcquiringTests.A_held_lease_is_only_read)),
        new(3, "the blob is missing",
            nameof(BlobLeaseAcquiringTests.A_missing_blob_is_created_and_then_quarantined_for_a_lease)),
        new(4, "the container is missing",
            nameof(BlobLeaseAcquiringTests.A_missing_container_is_created)),
        new(5, "a race of 16",
            nameof(InstanceLockContract.Of_sixteen_instances_that_race_exactly_one_wins)),
        new(6, "a race to create",
            nameof(BlobLeaseAcquiringTests.Of_two_creators_of_the_blob_one_gets_the_lease)),
        new(7, "the answer is lost, the same id is sent again",
            nameof(BlobLeaseAcquiringTests.After_a_lost_answer_the_acquisition_is_repeated_with_the_same_id)),
        new(8, "a flood of 409",
            nameof(BlobLeaseAcquiringTests.A_standby_does_not_flood_the_service_with_refused_acquisitions)),
        new(9, "the record cannot be written after the acquisition",
            nameof(BlobLeaseAcquiringTests.A_lease_whose_record_cannot_be_written_is_released_at_once)),
        new(10, "a bad duration, a bad id",
            nameof(BlobLeaseAcquiringTests.A_duration_that_the_service_refuses_is_reported),
            nameof(BlobLeaseAcquiringTests.A_lease_is_asked_for_by_a_new_lower_case_GUID_each_time)),
        new(11, "broken, breaking",
            nameof(BlobLeaseAcquiringTests.A_broken_lease_is_quarantined_before_its_successor_acts),
            nameof(BlobLeaseAcquiringTests.A_breaking_lease_is_held_until_it_is_broken_and_then_quarantined)),
        new(12, "401, 403",
            nameof(BlobLeaseRefusalTests.A_credential_without_permissions_is_reported_at_once_also_to_a_standby)),
        new(13, "a hierarchical namespace, soft delete, immutability, no right to delete",
            nameof(BlobLeaseReleasingTests.From_the_first_holder_to_the_next_nothing_is_ever_deleted),
            nameof(BlobLeasePolicyTests.Only_proof_loses_a_lease)),

        // Holding
        new(14, "one 500",
            nameof(BlobLeaseHoldingTests.One_error_of_the_service_loses_nothing)),
        new(15, "429 with Retry-After",
            nameof(BlobLeaseHoldingTests.A_429_with_a_long_Retry_After_loses_nothing_and_is_not_answered_by_a_hot_loop)),
        new(16, "two timeouts",
            nameof(BlobLeaseHoldingTests.Two_timeouts_and_then_a_good_answer_lose_nothing)),
        new(17, "a black hole until the deadline",
            nameof(BlobLeaseHoldingTests.A_black_hole_loses_the_lock_at_the_deadline),
            nameof(BlobLeaseProcessTests.A_holder_in_a_black_hole_loses_the_lock_and_the_others_get_it)),
        new(18, "refused",
            nameof(BlobLeaseHoldingTests.Refused_connections_lose_the_lock_at_the_deadline)),
        new(19, "a reset in the middle of an answer",
            nameof(BlobLeaseHoldingTests.A_reset_in_the_middle_of_an_answer_loses_nothing)),
        new(20, "an answer after the deadline",
            nameof(BlobLeaseHoldingTests.An_answer_after_the_deadline_does_not_revive_the_lock)),
        new(21, "an answer after 11.9 s",
            nameof(BlobLeaseHoldingTests.An_answer_that_is_slow_for_as_long_as_there_is_time_loses_nothing)),
        new(22, "the name is not resolved",
            nameof(BlobLeaseHoldingTests.A_name_that_is_not_resolved_loses_the_lock_at_the_deadline)),
        new(23, "the token expires",
            nameof(BlobLeaseHoldingTests.A_token_that_stays_expired_loses_the_lock_at_the_deadline)),
        new(24, "the lease is broken",
            nameof(BlobLeaseHoldingTests.A_broken_lease_is_lost_at_the_next_renewal)),
        new(25, "the blob is deleted",
            nameof(BlobLeaseHoldingTests.A_deleted_blob_is_lost_at_the_next_renewal)),
        new(26, "the blob is deleted, created again and taken",
            nameof(BlobLeaseHoldingTests.A_blob_that_was_deleted_created_again_and_taken_is_lost_at_the_next_renewal)),
        new(27, "the container is deleted",
            nameof(BlobLeaseHoldingTests.A_deleted_container_is_lost_at_the_next_renewal)),
        new(28, "another instance changes the id",
            nameof(BlobLeaseHoldingTests.A_lease_whose_id_was_changed_is_lost_at_the_next_renewal)),
        new(29, "the server starts again without its leases",
            nameof(BlobLeaseHoldingTests.A_service_that_forgot_its_leases_loses_the_lock_at_the_next_renewal)),
        new(30, "another writer overwrites the record",
            nameof(BlobLeaseHoldingTests.A_record_that_another_writer_changed_is_read_again_and_overwritten)),

        // Time and pauses
        new(31, "SIGSTOP for 5, 11, 14, 16 and 40 s",
            nameof(BlobLeaseTimeTests.A_holder_that_was_paused_knows_at_once_whether_it_still_holds_the_lock),
            nameof(BlobLeaseProcessTests.A_holder_that_was_paused_for_longer_than_its_lease_finds_that_it_lost_the_lock)),
        new(32, "a starved thread pool",
            nameof(BlobLeaseTimeTests.An_exhausted_thread_pool_delays_neither_the_loss_nor_its_report)),
        new(33, "hogs of the processors and of the collector",
            nameof(BlobLeaseProcessTests.A_holder_that_is_short_of_processors_and_of_memory_keeps_the_lock)),
        new(34, "the wall clock, an hour to either side",
            nameof(BlobLeaseTimeTests.A_wall_clock_that_goes_back_an_hour_changes_nothing),
            nameof(BlobLeaseTimeTests.A_wall_clock_that_jumps_ahead_an_hour_loses_the_lock_since_the_machine_may_have_slept)),
        new(35, "the machine sleeps",
            nameof(BlobLeaseTimeTests.A_suspended_machine_loses_the_lock_by_its_clock_since_boot)),
        new(36, "a pause between check and sending",
            nameof(BlobLeaseTimeTests.A_pause_between_the_check_and_the_sending_of_a_renewal_revives_nothing)),
        new(37, "a renewal that arrives after the end and the takeover",
            nameof(BlobLeaseTimeTests.A_renewal_that_arrives_after_the_end_and_the_takeover_revives_nothing)),
        new(38, "a race of 40 blobs at the end of the lease",
            nameof(AzuriteExpiryTests.Of_a_renewal_and_an_acquisition_at_the_very_end_of_a_lease_never_both_succeed)),

        // Releasing
        new(39, "a release",
            nameof(BlobLeaseReleasingTests.A_release_is_written_to_the_record_and_frees_the_lease)),
        new(40, "the answer to it is lost, then 409",
            nameof(BlobLeaseReleasingTests.After_a_lost_answer_the_release_is_repeated_and_409_means_that_the_lease_has_ended)),
        new(41, "after the loss",
            nameof(BlobLeaseReleasingTests.Releasing_a_lock_that_another_instance_took_changes_nothing_for_that_instance),
            nameof(BlobLeaseReleasingTests.An_instance_that_lost_the_lock_to_its_own_deadline_frees_the_lease_when_the_storage_can_be_reached_again)),
        new(42, "during a renewal",
            nameof(BlobLeaseReleasingTests.A_release_during_a_renewal_that_hangs_does_not_wait_for_it)),
        new(43, "twice",
            nameof(BlobLeaseReleasingTests.Disposing_twice_releases_once)),
        new(44, "SIGTERM, SIGINT, SIGHUP, SIGQUIT",
            nameof(BlobLeaseProcessTests.A_signal_releases_the_lock),
            nameof(PidFileLockProcessTests.A_stop_signal_leaves_no_pid_file)),
        new(45, "while the storage is down",
            nameof(BlobLeaseReleasingTests.A_shutdown_while_the_storage_is_down_takes_two_seconds_at_most)),
        new(46, "a handover to three standbys",
            nameof(BlobLeaseReleasingTests.Of_three_standbys_one_takes_over_and_two_keep_waiting)),
        new(47, "kill -9 at any moment",
            nameof(BlobLeaseProcessTests.However_often_and_whenever_holders_are_killed_the_epoch_grows),
            nameof(PidFileLockProcessTests.Killed_at_any_moment_a_holder_never_turns_the_epoch_back)),

        // The PID file
        new(48, "kill -9 leaves the file",
            nameof(PidFileLockProcessTests.A_killed_holder_leaves_its_pid_file_and_the_next_start_works_at_once)),
        new(49, "the PID is reused",
            nameof(ProcessIdentityTests.A_reused_pid_is_a_dead_process),
            nameof(PidFileLockLeftBehindTests.A_reused_pid_holds_nothing)),
        new(50, "a reboot",
            nameof(ProcessIdentityTests.A_process_from_before_the_reboot_is_dead),
            nameof(PidFileLockLeftBehindTests.A_process_from_before_the_reboot_holds_nothing)),
        new(51, "PID 1 of a restarted container",
            nameof(ProcessIdentityTests.The_first_process_of_a_container_before_its_restart_is_dead),
            nameof(PidFileLockLeftBehindTests.The_first_process_of_a_restarted_container_holds_nothing)),
        new(52, "another host, another PID namespace",
            nameof(ProcessIdentityTests.A_process_of_another_host_cannot_be_judged),
            nameof(ProcessIdentityTests.A_process_of_another_container_cannot_be_judged),
            nameof(PidFileLockLeftBehindTests.A_record_of_another_host_holds_nothing_without_its_OS_lock)),
        new(53, "a file that is empty, half, garbage, 4 MB",
            nameof(PidFileLockHostileFileTests.A_malformed_pid_file_names_nobody_and_is_replaced),
            nameof(PidFileLockHostileFileTests.A_pid_file_of_four_megabytes_is_not_read_beyond_its_limit)),
        new(54, "a link, also to nothing, a FIFO, a directory",
            nameof(PidFileLockHostileFileTests.Anything_but_a_plain_file_is_refused_by_name_and_left_alone),
            nameof(PidFileLockDirectoryTests.A_link_to_nothing_in_place_of_the_directory_is_refused)),
        new(55, "a read-only directory",
            nameof(PidFileLockDirectoryTests.A_directory_that_cannot_be_written_is_reported_as_a_missing_permission)),
        new(56, "a full disk",
            nameof(PidFileLockProcessTests.A_full_disk_is_reported_and_leaves_no_half_file)),
        new(57, "the file is removed or replaced under its holder",
            nameof(PidFileLockLossTests.A_removed_lock_file_loses_the_lock_within_a_second),
            nameof(PidFileLockLossTests.A_replaced_lock_file_loses_the_lock_at_the_next_query)),
        new(58, "2,000 races of six",
            nameof(PidFileLockRaceTests.In_two_thousand_races_of_six_exactly_one_wins)),
        new(59, "races for the files of a crashed holder",
            nameof(PidFileLockRaceTests.In_a_thousand_races_for_what_a_crashed_holder_left_exactly_one_wins)),
        new(60, "a child inherits",
            nameof(PidFileLockProcessTests.A_child_of_a_killed_holder_does_not_keep_the_lock)),
        new(61, "DISABLEFILELOCKING",
            nameof(PidFileLockProcessTests.A_process_without_os_locks_never_holds_the_lock_and_says_what_to_do),
            nameof(PidFileLockProcessTests.A_process_without_os_locks_leaves_the_holder_alone)),
        new(62, "a file system without locks",
            nameof(PidFileLockProcessTests.A_process_without_os_locks_never_holds_the_lock_and_says_what_to_do)),
        new(63, "a path that is not ASCII, a long one",
            nameof(PidFileLockDirectoryTests.Any_name_is_accepted_for_the_directory),
            nameof(PidFileLockDirectoryTests.A_long_path_is_accepted_for_the_directory)),
        new(64, "a file of another user, /tmp",
            nameof(PidFileLockHostileFileTests.A_file_of_another_user_is_refused_as_a_missing_permission),
            nameof(PidFileLockDirectoryTests.A_directory_like_tmp_where_no_user_removes_the_files_of_others_is_accepted)),
        new(65, "two bots in one directory",
            nameof(PidFileLockProcessTests.Two_bots_run_in_one_directory_and_a_second_process_of_either_is_refused)),

        // The Bot API
        new(66, "a 409 from getUpdates while the lock is held",
            nameof(PollingFaultTests.A_409_is_logged_backed_off_and_survived)),
        new(67, "a poll that outlives the lock",
            nameof(PollingReceiverTests.An_answer_that_arrives_after_the_lock_has_expired_is_not_handled),
            nameof(PollingReceiverTests.No_call_is_sent_under_an_expired_lock)),
        new(68, "a webhook is set while we poll",
            nameof(PollingPreconditionTests.A_webhook_that_another_program_sets_while_we_poll_ends_the_run_after_one_409)),
    ];

    private sealed record FaultCase(int Number, string What, params string[] Tests);

    [Fact]
    public void Every_fault_case_has_a_test_that_runs()
    {
        HashSet<string> tests = [.. typeof(FaultCaseTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .Where(method => method.GetCustomAttribute<FactAttribute>() is { Skip: null })
            .Select(method => method.Name)];

        Assert.Equal(Enumerable.Range(1, 68), Cases.Select(fault => fault.Number));
        Assert.All(Cases, fault => Assert.True(fault.Tests.Length > 0 && fault.Tests.All(tests.Contains), $"{fault.Number}: {fault.What}"));
    }
}
