namespace Azker.Simulation.Rules;

/// <summary>A rule of Azker's that can be taken away, to prove that the simulation misses it.</summary>
internal enum Rule
{
    /// <summary>Polls go out only while the lock is held, and what comes after its loss is not handled.</summary>
    R1,

    /// <summary>The webhook is set and deleted only under the lock.</summary>
    R2,

    /// <summary>Before the first poll no webhook is set, and somebody else's is left alone.</summary>
    R3,

    /// <summary>Before the webhook is set, the poller has stopped and what it handled is confirmed.</summary>
    R4,

    /// <summary>A 409 is answered by patience.</summary>
    R5,

    /// <summary>With the storage down nobody starts to receive, and a lost lock stays lost.</summary>
    R6,
}
