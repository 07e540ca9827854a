namespace Azker.Demo.Users;

/// <summary>What a user wrote, and the one answer to it.</summary>
internal sealed record Question(long Chat, string Text, string Answer);
