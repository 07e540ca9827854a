using Azker.Core.Handling.Errors;
using Azker.Core.Tests.Shared;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Tests.Handling.Errors;

public sealed class ErrorClassifierTests
{
    private readonly RecordingLogger<ErrorClassifier> _log = new();

    [Fact]
    public void A_rule_of_the_application_goes_before_the_rules_of_Azker() =>
        Assert.Equal(ErrorClass.Outage, Classify(new ArgumentException("wrong"), error => error is ArgumentException ? ErrorClass.Outage : null));

    [Fact]
    public void An_exception_that_no_rule_of_the_application_knows_is_classified_by_Azker()
    {
        Assert.Equal(ErrorClass.Faulty, Classify(new ArgumentException("wrong")));
        Assert.Equal(ErrorClass.Faulty, Classify(new ArgumentException("wrong"), _ => null, _ => null));
    }

    [Fact]
    public void The_first_rule_that_knows_an_exception_decides() =>
        Assert.Equal(ErrorClass.Refused, Classify(new ArgumentException("wrong"), _ => null, _ => ErrorClass.Refused, _ => ErrorClass.Outage));

    [Fact]
    public void A_rule_gets_the_exception_as_it_was_thrown()
    {
        var thrown = new InvalidOperationException("outer", new ArgumentException("inner"));
        Exception? asked = null;

        Classify(thrown, error =>
        {
            asked = error;
            return null;
        });

        Assert.Same(thrown, asked);
    }

    [Fact]
    public void A_rule_that_throws_is_logged_and_the_next_rule_decides()
    {
        ErrorClass error = Classify(new ArgumentException("wrong"), _ => throw new FormatException("broken"), _ => ErrorClass.Refused);

        Assert.Equal(ErrorClass.Refused, error);
        LogEntry entry = Assert.Single(_log.Entries);
        Assert.Equal(LogLevel.Warning, entry.Level);
        Assert.Equal("A rule of ClassifyErrors failed on ArgumentException and is skipped for it; the next rule decides. Correct the rule.", entry.Message);
    }

    [Fact]
    public void Rules_that_all_throw_leave_the_exception_to_Azker() =>
        Assert.Equal(ErrorClass.Faulty, Classify(new ArgumentException("wrong"), _ => throw new FormatException("broken")));

    private ErrorClass Classify(Exception error, params Func<Exception, ErrorClass?>[] rules) =>
        new ErrorClassifier(rules.Select(rule => new ErrorRule(rule)), _log).Classify(error);
}
