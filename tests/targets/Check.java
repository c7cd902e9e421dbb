import com.adobe.epubcheck.api.EPUBLocation;
import com.adobe.epubcheck.api.EpubCheck;
import com.adobe.epubcheck.messages.Message;
import com.adobe.epubcheck.messages.Severity;
import com.adobe.epubcheck.util.DefaultReportImpl;
import java.io.File;
import java.util.Set;

/**
 * epubcheck over many books in one go: its own command takes one, and spends most of its time on starting. Prints a line
 * for each error and warning, and one for each book.
 */
class Check {
  static final Set<Severity> TOLD = Set.of(Severity.FATAL, Severity.ERROR, Severity.WARNING);

  public static void main(String[] books) {
    for (String book : books) {
      DefaultReportImpl report =
          new DefaultReportImpl(book) {
            @Override
            public void message(Message message, EPUBLocation location, Object... args) {
              if (!TOLD.contains(message.getSeverity())) return;
              System.out.println(message.getSeverity() + " " + message.getID() + " " + book + " " + location + ": " + message.getMessage(args));
            }
          };
      new EpubCheck(new File(book), report).doValidate();
      System.out.println("checked " + book);
    }
  }
}
