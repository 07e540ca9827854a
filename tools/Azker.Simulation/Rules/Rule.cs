namespace Azker.Simulation.Rules;

/// <summary>A rule of Azker that can be removed, to prove that the simulation finds the broken promise then.</summary>
internal enum Rule
{
    /// <summary>An instance polls only while it holds the lock, and does not handle updates that arrive after its loss.</summary>
    R1,

    /// <summary>An instance sets and deletes the webhook only while it holds the lock.</summary>
    R2,

    /// <summary>Before its first poll, an instance checks that no webhook is set, and does not delete a stranger's webhook.</summary>
    R3,

    /// <summary>Before an instance sets the webhook, it stops polling, confirms the handled updates and checks the URL.</summary>
    R4,

    /// <summary>After a 409, an instance waits before it polls again.</summary>
    R5,

    /// <summary>While the storage is down, no instance starts to receive; a lost lock stays lost.</summary>
    R6,

    /// <summary>An update that is parked is stored before it is confirmed to Telegram.</summary>
    R7,
}
