using System.Text;
using Azker.Core.Updates;

namespace Azker.Core.Tests.Updates;

public sealed class UpdateTextsTests
{
    [Theory]
    [InlineData("/sum one two", "Cannot answer '/sum one two' now.", "Cannot answer '***' now.")]
    [InlineData("/sum one two", "The input string 'two' was not in a correct format.", "The input string '***' was not in a correct format.")]
    [InlineData("/sum one two", "The key \"one\" is not known.", "The key \"***\" is not known.")]
    [InlineData("fail", "The message asks for a failure: fail.", "The message asks for a failure: ***.")]
    [InlineData("hi", "hi, this is what the user said: hi", "***, this is what the user said: ***")]
    [InlineData("/sum one two", "The value 'three' is too low, and one is not.", "The value 'three' is too low, and one is not.")]
    public void The_text_of_a_message_and_quotations_from_it_are_hidden(string written, string error, string hidden) =>
        Assert.Equal(hidden, UpdateTexts.Hide(error, Encoding.UTF8.GetBytes($$$"""{"update_id":1,"message":{"text":"{{{written}}}","message_id":1} }""")));

    [Fact]
    public void Names_and_the_data_of_a_button_are_hidden() => Assert.Equal(
        "*** pressed ***",
        UpdateTexts.Hide("Anna Example pressed buy:42", """{"callback_query":{"data":"buy:42","from":{"first_name":"Anna Example"}}}"""u8));

    [Fact]
    public void Data_that_is_not_JSON_hides_nothing() => Assert.Equal("It failed.", UpdateTexts.Hide("It failed.", "[}"u8));
}
